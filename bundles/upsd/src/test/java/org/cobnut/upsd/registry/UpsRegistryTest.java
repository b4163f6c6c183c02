package org.cobnut.upsd.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cobnut.device.DeviceService;
import org.cobnut.model.Health;
import org.cobnut.model.Names;
import org.cobnut.model.Snapshot;
import org.cobnut.upsd.net.Fixture;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/** Devices of one name that come and go in any order. */
class UpsRegistryTest {
    private final UpsRegistry registry = new UpsRegistry(System::nanoTime);
    private final Fixture.Device first = device();
    private final Fixture.Device second = device();

    @Test
    void goesBackToADeviceThatWasThereAllTheTime() {
        registry.addDevice(first, reference(1));
        registry.addDevice(second, reference(2));
        assertThat(served()).isSameAs(second);
        registry.removeDevice(second, reference(2));
        assertThat(served()).isSameAs(first);
        registry.removeDevice(first, reference(1));
        assertThat(registry.find("demo")).isEmpty();
    }

    @Test
    void keepsTheReplacementWhenTheOneBeforeGoesLate() {
        registry.addDevice(first, reference(1));
        registry.addDevice(second, reference(2));
        registry.removeDevice(first, reference(1));
        registry.removeDevice(first, reference(1));
        assertThat(served()).isSameAs(second);
    }

    private DeviceService served() {
        return registry.find("demo").flatMap(Ups::device).orElseThrow().service();
    }

    private static Fixture.Device device() {
        var device = new Fixture.Device();
        device.snapshot =
                new Snapshot(Instant.EPOCH, new Health.Fresh(), new TreeMap<>(Names.ORDER), new TreeSet<>(Names.ORDER));
        return device;
    }

    /** A registration that no framework made; two of one number are the same. */
    @SuppressWarnings("unchecked") // the proxy is of that very interface
    private static ServiceReference<DeviceService> reference(int number) {
        return (ServiceReference<DeviceService>) Proxy.newProxyInstance(
                UpsRegistryTest.class.getClassLoader(),
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
