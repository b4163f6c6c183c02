package org.cobnut.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.cobnut.device.DeviceService;
import org.cobnut.model.Health;
import org.cobnut.model.Snapshot;
import org.cobnut.testkit.TestDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.ServiceReference;

class DeviceRegistryTest {
    private static final Snapshot ANY = Snapshot.empty(Instant.EPOCH, new Health.Fresh());
    private final DeviceRegistry devices = new DeviceRegistry();
    private final AtomicInteger wakes = new AtomicInteger();
    private final Runnable wake = wakes::incrementAndGet;

    @ParameterizedTest
    @CsvSource({
        "real, true",
        "REAL, true",
        "usbhid-ups-real, true",
        "USBHID-UPS-Real, true",
        "snmp-ups-real, false",
        "-real, false",
        "unreal, false",
        "usbhid-ups, false"
    })
    void aPortIsANameOrThatOfASocket(String port, boolean found) {
        add("real", TestDevice.of("driver.name: usbhid-ups"));
        assertThat(devices.find(port, "copy", wake).isPresent()).isEqualTo(found);
    }

    @Test
    void aDeviceThatWasNeverReadIsBelievedToHaveThatDriver() {
        add("real", new TestDevice());
        assertThat(devices.find("usbhid-ups-real", "copy", wake)).isPresent();
    }

    @Test
    void nobodyStandsOnTopOfHimself() {
        add("copy", TestDevice.of("driver.name: clone"));
        assertThat(devices.find("copy", "copy", wake)).isEmpty();
        assertThat(devices.find("clone-copy", "copy", wake)).isEmpty();
    }

    @Test
    void wakesWhoAskedWhenTheDeviceComesChangesAndGoes() {
        assertThat(devices.find("usbhid-ups-real", "copy", wake)).isEmpty();
        var device = TestDevice.of("driver.name: usbhid-ups");
        ServiceReference<DeviceService> reference = add("real", device);
        assertThat(wakes).hasValue(1);
        devices.changed("real", ANY, ANY);
        devices.changed("other", ANY, ANY);
        assertThat(wakes).hasValue(2);
        devices.removeDevice(device, reference);
        assertThat(wakes).hasValue(3);
        devices.forget(wake);
        devices.changed("real", ANY, ANY);
        assertThat(wakes).hasValue(3);
        assertThat(devices.watchers()).isZero();
    }

    @Test
    void findersHearWhatIsAskedForEachTimeThatChanges() {
        assertThat(devices.find("snmp-ups-far", "copy", wake)).isEmpty();
        var heard = new ArrayList<Set<String>>();
        devices.addFinder(heard::add);
        assertThat(heard).containsExactly(Set.of("snmp-ups-far"));
        devices.find("snmp-ups-far", "copy", wake);
        devices.find("usbhid-ups-real", "copy", wake);
        assertThat(heard.subList(1, heard.size())).containsExactly(Set.of("snmp-ups-far", "usbhid-ups-real"));
        devices.forget(wake);
        assertThat(heard.get(heard.size() - 1)).isEmpty();
    }

    private ServiceReference<DeviceService> add(String name, DeviceService device) {
        ServiceReference<DeviceService> reference = reference(name);
        devices.addDevice(device, reference);
        return reference;
    }

    /** What a framework hands out; only the name is asked for, and who is who. */
    @SuppressWarnings("unchecked")
    private static ServiceReference<DeviceService> reference(String name) {
        return (ServiceReference<DeviceService>) Proxy.newProxyInstance(
                DeviceRegistryTest.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProperty" -> name;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "compareTo" -> 0;
                    default -> throw new AssertionError(method);
                });
    }
}
