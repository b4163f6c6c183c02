package org.cobnut.runtime.device;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.driver.Driver;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The drivers that bundles offer, by their names; tells the devices whose driver comes or goes. It is one for all devices,
 * for each would otherwise be bound to each driver. Any thread.
 */
@Component(service = DriverDirectory.class)
public final class DriverDirectory {
    private final DriverThreads workers;
    private final Map<ServiceReference<Driver>, List<String>> names = new ConcurrentHashMap<>();
    private final Map<String, Set<ServiceReference<Driver>>> drivers = new ConcurrentHashMap<>();

    @Activate
    public DriverDirectory(@Reference DriverThreads workers) {
        this.workers = workers;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addDriver(ServiceReference<Driver> driver) {
        put(driver, names(driver));
        workers.devices().forEach(device -> device.driverChanged(driver));
    }

    /** Its names or its ranking are others now. */
    void updatedDriver(ServiceReference<Driver> driver) {
        addDriver(driver);
    }

    /** All devices let go of the driver, at the same time. Returns when their sessions are closed, if that is soon. */
    void removeDriver(ServiceReference<Driver> driver) {
        List<Device> users = workers.devices().stream()
                .filter(device -> device.concernedBy(driver))
                .toList();
        put(driver, List.of());
        users.forEach(Device::choose);
        users.forEach(Device::awaitFreed);
    }

    /** Of several drivers of that name the one that the framework ranks highest. */
    Optional<ServiceReference<Driver>> best(String name) {
        return drivers.getOrDefault(name, Set.of()).stream().max(Comparator.naturalOrder());
    }

    /** Whether this driver has that name now. */
    boolean offers(ServiceReference<Driver> driver, String name) {
        return drivers.getOrDefault(name, Set.of()).contains(driver);
    }

    private synchronized void put(ServiceReference<Driver> driver, List<String> now) {
        List<String> before = now.isEmpty() ? names.remove(driver) : names.put(driver, now);
        if (before != null)
            before.forEach(name -> drivers.getOrDefault(name, Set.of()).remove(driver));
        now.forEach(name -> drivers.computeIfAbsent(name, key -> ConcurrentHashMap.newKeySet())
                .add(driver));
    }

    private static List<String> names(ServiceReference<Driver> driver) {
        Object names = driver.getProperty(Driver.NAME);
        if (names instanceof Object[] several)
            return Arrays.stream(several).map(String::valueOf).toList();
        return names == null ? List.of() : List.of(names.toString());
    }
}
