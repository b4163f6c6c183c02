package org.cobnut.upsmon.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.cobnut.device.DeviceListener;
import org.cobnut.device.DeviceService;
import org.cobnut.device.Logins;
import org.cobnut.model.Names;
import org.cobnut.model.Snapshot;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The devices of this process and the logins of its server; listeners are told of every change at once. */
@Component(service = {DeviceRegistry.class, DeviceListener.class})
public final class DeviceRegistry implements DeviceListener {
    private final Map<String, DeviceService> devices = new ConcurrentSkipListMap<>(Names.ORDER);
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Logins logins;

    /**
     * Adds a listener for the name of each UPS that changes; called on the thread of the device, and must not block.
     */
    public void addListener(Consumer<String> listener) {
        listeners.add(listener);
    }

    public void removeListener(Consumer<String> listener) {
        listeners.remove(listener);
    }

    Optional<Snapshot> snapshot(String ups) {
        return Optional.ofNullable(devices.get(ups)).map(DeviceService::snapshot);
    }

    /** The logins of the server; empty where no server runs in this process. */
    public Optional<Logins> logins() {
        return Optional.ofNullable(logins);
    }

    @Override
    public void changed(String ups, Snapshot before, Snapshot after) {
        notifyListeners(ups);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDevice(DeviceService device, Map<String, ?> properties) {
        if (!(properties.get(DeviceService.NAME) instanceof String name)) return;
        devices.put(name, device);
        notifyListeners(name);
    }

    void removeDevice(DeviceService device, Map<String, ?> properties) {
        if (!(properties.get(DeviceService.NAME) instanceof String name)) return;
        devices.remove(name, device);
        notifyListeners(name);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setLogins(Logins now) {
        logins = now;
        notifyListeners("");
    }

    @SuppressWarnings("ReferenceEquality") // the very service that went
    void unsetLogins(Logins gone) {
        if (logins == gone) logins = null;
        notifyListeners("");
    }

    /** The name is empty when the server came or went. */
    private void notifyListeners(String ups) {
        listeners.forEach(listener -> listener.accept(ups));
    }
}
