package org.cobnut.webconsole;

import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.cobnut.device.DeviceService;
import org.cobnut.device.Logins;
import org.cobnut.driver.Driver;
import org.cobnut.model.Health;
import org.cobnut.model.Names;
import org.cobnut.model.Snapshot;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Collects what the pages show: devices, sections that wait for a driver, drivers, and logged-in clients. */
@Component(service = RuntimeView.class)
public final class RuntimeView {
    /** A driver program and the bundle that offers it. */
    record Offer(String program, String bundle, String version) {}

    private final ConfigurationAdmin configurations;
    private final Map<ServiceReference<DeviceService>, DeviceService> devices = new ConcurrentHashMap<>();
    private final Map<ServiceReference<Driver>, List<Offer>> drivers = new ConcurrentHashMap<>();
    private volatile @Nullable Logins logins;

    @Activate
    public RuntimeView(@Reference ConfigurationAdmin configurations) {
        this.configurations = configurations;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDevice(DeviceService device, ServiceReference<DeviceService> reference) {
        devices.put(reference, device);
    }

    void removeDevice(DeviceService device, ServiceReference<DeviceService> reference) {
        devices.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDriver(ServiceReference<Driver> reference) {
        var bundle = reference.getBundle();
        var version = bundle == null ? "" : bundle.getVersion().toString();
        drivers.put(
                reference,
                texts(reference.getProperty(Driver.NAME)).stream()
                        .map(program -> new Offer(program, symbolicName(bundle), version))
                        .toList());
    }

    void removeDriver(ServiceReference<Driver> reference) {
        drivers.remove(reference);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setLogins(Logins now) {
        logins = now;
    }

    @SuppressWarnings("ReferenceEquality") // the very service that went
    void unsetLogins(Logins gone) {
        if (logins == gone) logins = null;
    }

    /** Every device by name, and every section of ups.conf for which there is none yet. */
    List<Device> devices() {
        var all = new TreeMap<String, Device>(Names.ORDER);
        for (var section : sections()) {
            var name = String.valueOf(section.get("ups"));
            var missing = new Health.DriverMissing(String.valueOf(section.get("driver")));
            var description = section.get("desc") instanceof String text ? text : "";
            all.put(name, device(name, description, "", Snapshot.empty(Instant.now(), missing)));
        }
        devices.forEach((reference, service) -> {
            if (reference.getProperty(DeviceService.NAME) instanceof String name) {
                var description = reference.getProperty(DeviceService.DESCRIPTION) instanceof String text ? text : "";
                all.put(name, device(name, description, symbolicName(reference.getBundle()), service.snapshot()));
            }
        });
        return List.copyOf(all.values());
    }

    /** The service of a device that is there now. */
    Optional<DeviceService> find(String ups) {
        return devices.entrySet().stream()
                .filter(entry ->
                        ups.equalsIgnoreCase(String.valueOf(entry.getKey().getProperty(DeviceService.NAME))))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Every driver by its program's name. */
    List<Offer> drivers() {
        return drivers.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Offer::program))
                .toList();
    }

    private Device device(String name, String description, String bundle, Snapshot snapshot) {
        var now = logins;
        return now == null
                ? new Device(name, description, bundle, snapshot, false, List.of())
                : new Device(name, description, bundle, snapshot, now.fsd(name), now.clients(name));
    }

    private List<Dictionary<String, Object>> sections() {
        try {
            var found = configurations.listConfigurations("(service.factoryPid=cobnut.ups)");
            return found == null
                    ? List.of()
                    : Stream.of(found).map(Configuration::getProperties).toList();
        } catch (IOException | InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String symbolicName(@Nullable Bundle bundle) {
        return bundle == null ? "" : String.valueOf(bundle.getSymbolicName());
    }

    private static List<String> texts(@Nullable Object property) {
        if (property instanceof String[] all) return List.of(all);
        return property instanceof String one ? List.of(one) : List.of();
    }
}
