package org.cobnut.upsmon;

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

/** The devices of this very process, and the server's book of logins; who asks is told of every change at once. */
@Component(service = {Neighbours.class, DeviceListener.class})
public final class Neighbours implements DeviceListener {
    private final Map<String, DeviceService> devices = new ConcurrentSkipListMap<>(Names.ORDER);
    private final List<Consumer<String>> curious = new CopyOnWriteArrayList<>();
    private volatile @Nullable Logins logins;

    /** Whoever wants to know the name of each UPS that changed; called on the device's thread, and must not block. */
    void tell(Consumer<String> who) {
        curious.add(who);
    }

    void tellNoMore(Consumer<String> who) {
        curious.remove(who);
    }

    Optional<Snapshot> snapshot(String ups) {
        return Optional.ofNullable(devices.get(ups)).map(DeviceService::snapshot);
    }

    /** The server's book; nothing where no server runs in this process. */
    Optional<Logins> logins() {
        return Optional.ofNullable(logins);
    }

    @Override
    public void changed(String ups, Snapshot before, Snapshot after) {
        stir(ups);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDevice(DeviceService device, Map<String, ?> properties) {
        if (!(properties.get(DeviceService.NAME) instanceof String name)) return;
        devices.put(name, device);
        stir(name);
    }

    void removeDevice(DeviceService device, Map<String, ?> properties) {
        if (!(properties.get(DeviceService.NAME) instanceof String name)) return;
        devices.remove(name, device);
        stir(name);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setLogins(Logins now) {
        logins = now;
        stir("");
    }

    @SuppressWarnings("ReferenceEquality") // the very service that went
    void unsetLogins(Logins gone) {
        if (logins == gone) logins = null;
        stir("");
    }

    /** An empty name when the server came or went. */
    private void stir(String ups) {
        curious.forEach(who -> who.accept(ups));
    }
}
