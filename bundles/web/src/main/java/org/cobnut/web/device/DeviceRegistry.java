package org.cobnut.web.device;

import java.io.IOException;
import java.time.Instant;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cobnut.access.NameDescriptions;
import org.cobnut.device.DeviceService;
import org.cobnut.device.DriverFigures;
import org.cobnut.device.Logins;
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

/** Finds the devices of this process, and the sections of ups.conf that wait for their driver. Any thread. */
@Component(service = DeviceRegistry.class)
public final class DeviceRegistry {
    private final ConfigurationAdmin configurations;
    private final Map<ServiceReference<DeviceService>, DeviceService> devices = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Logins logins;
    private volatile @Nullable NameDescriptions descriptions;

    @Activate
    public DeviceRegistry(@Reference ConfigurationAdmin configurations) {
        this.configurations = configurations;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDevice(DeviceService device, ServiceReference<DeviceService> reference) {
        devices.put(reference, device);
        tell(reference);
    }

    void removeDevice(DeviceService device, ServiceReference<DeviceService> reference) {
        devices.remove(reference);
        tell(reference);
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

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setDescriptions(NameDescriptions now) {
        descriptions = now;
    }

    @SuppressWarnings("ReferenceEquality") // the very service that went
    void unsetDescriptions(NameDescriptions gone) {
        if (descriptions == gone) descriptions = null;
    }

    /** Tells a listener the name of each device that comes or goes, until it is removed; it must return at once. */
    public void listen(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Tells it nothing more. */
    public void unlisten(Consumer<String> listener) {
        listeners.remove(listener);
    }

    /** Every device by name, and every section of ups.conf for which there is none yet. */
    public SortedMap<String, Device> all() {
        var all = new TreeMap<String, Device>(Names.ORDER);
        for (var section : sections()) {
            var name = String.valueOf(section.get("ups"));
            var missing = new Health.DriverMissing(String.valueOf(section.get("driver")));
            var description = section.get("desc") instanceof String text ? text : "";
            all.put(name, device(name, description, "", Snapshot.empty(Instant.now(), missing), DriverFigures.NONE));
        }
        devices.forEach((reference, service) -> {
            if (reference.getProperty(DeviceService.NAME) instanceof String name)
                all.put(name, device(name, reference, service));
        });
        return all;
    }

    /** One device, which costs less than all of them; nothing for a section that has none. */
    public Optional<Device> find(String name) {
        for (var each : devices.entrySet())
            if (each.getKey().getProperty(DeviceService.NAME) instanceof String is && is.equalsIgnoreCase(name))
                return Optional.of(device(is, each.getKey(), each.getValue()));
        return Optional.empty();
    }

    /** What a variable means; empty when nobody knows. */
    public String describeVariable(String name) {
        NameDescriptions now = descriptions;
        return now == null ? "" : now.ofVariable(name).orElse("");
    }

    /** What a command does; empty when nobody knows. */
    public String describeCommand(String name) {
        NameDescriptions now = descriptions;
        return now == null ? "" : now.ofCommand(name).orElse("");
    }

    private void tell(ServiceReference<DeviceService> reference) {
        if (reference.getProperty(DeviceService.NAME) instanceof String name)
            listeners.forEach(listener -> listener.accept(name));
    }

    private Device device(String name, ServiceReference<DeviceService> reference, DeviceService service) {
        var description = reference.getProperty(DeviceService.DESCRIPTION) instanceof String text ? text : "";
        Bundle bundle = reference.getBundle();
        String symbolicName = bundle == null ? "" : String.valueOf(bundle.getSymbolicName());
        return device(name, description, symbolicName, service.snapshot(), service.figures());
    }

    private Device device(String name, String description, String bundle, Snapshot snapshot, DriverFigures figures) {
        Logins now = logins;
        return now == null
                ? new Device(name, description, bundle, snapshot, figures, false, List.of())
                : new Device(name, description, bundle, snapshot, figures, now.fsd(name), now.clients(name));
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
}
