package org.cobnut.upsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cobnut.device.DeviceService;
import org.cobnut.model.Health;
import org.cobnut.model.Names;
import org.cobnut.model.Snapshot;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/** Devices of one name that come and go in any order. */
class InventoryTest {
    private final Inventory inventory = new Inventory(System::nanoTime);
    private final House.Device first = device();
    private final House.Device second = device();

    @Test
    void goesBackToADeviceThatWasThereAllTheTime() {
        inventory.addDevice(first, reference(1));
        inventory.addDevice(second, reference(2));
        assertThat(served()).isSameAs(second);
        inventory.removeDevice(second, reference(2));
        assertThat(served()).isSameAs(first);
        inventory.removeDevice(first, reference(1));
        assertThat(inventory.find("demo")).isEmpty();
    }

    @Test
    void keepsTheReplacementWhenTheOneBeforeGoesLate() {
        inventory.addDevice(first, reference(1));
        inventory.addDevice(second, reference(2));
        inventory.removeDevice(first, reference(1));
        inventory.removeDevice(first, reference(1));
        assertThat(served()).isSameAs(second);
    }

    private DeviceService served() {
        return inventory.find("demo").flatMap(Ups::device).orElseThrow().service();
    }

    private static House.Device device() {
        var device = new House.Device();
        device.snapshot =
                new Snapshot(Instant.EPOCH, new Health.Fresh(), new TreeMap<>(Names.ORDER), new TreeSet<>(Names.ORDER));
        return device;
    }

    /** A registration that no framework made; two of one number are the same. */
    @SuppressWarnings("unchecked") // the proxy is of that very interface
    private static ServiceReference<DeviceService> reference(int number) {
        return (ServiceReference<DeviceService>) Proxy.newProxyInstance(
                InventoryTest.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProperty" -> DeviceService.NAME.equals(arguments[0]) ? "demo" : null;
                    case "equals" -> arguments[0].hashCode() == number;
                    case "hashCode" -> number;
                    case "compareTo" -> Integer.compare(number, arguments[0].hashCode());
                    default -> null;
                });
    }
}
