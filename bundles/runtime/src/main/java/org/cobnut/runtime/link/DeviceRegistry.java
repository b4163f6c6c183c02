package org.cobnut.runtime.link;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.cobnut.device.DeviceFinder;
import org.cobnut.device.DeviceListener;
import org.cobnut.device.DeviceService;
import org.cobnut.model.Snapshot;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** All devices that are there, whoever offers them, and the sessions that stand on top of some of them. */
@Component(service = {DeviceRegistry.class, DeviceListener.class})
public final class DeviceRegistry implements DeviceListener {
    private final Map<ServiceReference<DeviceService>, DeviceService> devices = new ConcurrentHashMap<>();
    /** The ports that each asked for, by what wakes it. */
    private final Map<Runnable, Set<String>> watchers = new ConcurrentHashMap<>();

    private final List<DeviceFinder> finders = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDevice(DeviceService device, ServiceReference<DeviceService> reference) {
        devices.put(reference, device);
        wake(name(reference));
    }

    void removeDevice(DeviceService device, ServiceReference<DeviceService> reference) {
        devices.remove(reference, device);
        wake(name(reference));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addFinder(DeviceFinder finder) {
        finders.add(finder);
        askFinders();
    }

    void removeFinder(DeviceFinder finder) {
        finders.remove(finder);
    }

    @Override
    public void changed(String ups, Snapshot before, Snapshot after) {
        wake(ups);
    }

    /**
     * The device that a port means, and not the one that asks.
     *
     * @param wake called from now on whenever that device changes, comes or goes; on its thread, so it must return at once
     */
    public Optional<DeviceService> find(String port, String asker, Runnable wake) {
        boolean asked = watchers.computeIfAbsent(wake, watcher -> ConcurrentHashMap.newKeySet())
                .add(port);
        if (asked) askFinders();
        return devices.entrySet().stream()
                .filter(entry -> !name(entry.getKey()).equalsIgnoreCase(asker))
                .filter(entry -> name(entry.getKey()).equalsIgnoreCase(port)
                        || isSocket(port, name(entry.getKey()), entry.getValue().snapshot()))
                .min(Map.Entry.comparingByKey((one, other) -> other.compareTo(one)))
                .map(Map.Entry::getValue);
    }

    /** Wakes it no more. */
    public void forget(Runnable wake) {
        if (watchers.remove(wake) != null) askFinders();
    }

    /** How many are woken by some device. */
    int watchers() {
        return watchers.size();
    }

    /** One at a time, so that the last that a finder hears is how it is. */
    private synchronized void askFinders() {
        if (finders.isEmpty()) return;
        Set<String> ports = watchers.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
        finders.forEach(finder -> finder.wanted(ports));
    }

    private void wake(String ups) {
        if (watchers.isEmpty()) return;
        watchers.forEach((wake, ports) -> {
            if (concerns(ports, ups)) wake.run();
        });
    }

    private static boolean concerns(Collection<String> ports, String ups) {
        return ports.stream().anyMatch(port -> port.equalsIgnoreCase(ups) || ends(port, ups));
    }

    /** Whether a port is DRIVER-NAME of this device; one that was never read does not know its driver. */
    private static boolean isSocket(String port, String ups, Snapshot snapshot) {
        if (!ends(port, ups)) return false;
        String driver = port.substring(0, port.length() - ups.length() - 1);
        return snapshot.value("driver.name").map(driver::equalsIgnoreCase).orElse(true);
    }

    private static boolean ends(String port, String ups) {
        int from = port.length() - ups.length();
        return from > 1 && port.charAt(from - 1) == '-' && port.regionMatches(true, from, ups, 0, ups.length());
    }

    private static String name(ServiceReference<DeviceService> reference) {
        return String.valueOf(reference.getProperty(DeviceService.NAME));
    }
}
