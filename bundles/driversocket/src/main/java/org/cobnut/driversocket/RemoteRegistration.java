package org.cobnut.driversocket;

import io.netty.util.concurrent.EventExecutor;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.cobnut.device.DeviceListener;
import org.cobnut.device.DeviceService;
import org.cobnut.model.Snapshot;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One section's driver on its socket, shown as a service from its first connection on. */
final class RemoteRegistration implements RemoteDevice.Stage {
    private static final Logger log = LoggerFactory.getLogger(RemoteRegistration.class);

    private final BundleContext context;
    private final EventExecutor teller;
    private final ChangeNotifier notices;
    private final ProcessRole.Wish wish;
    private final RemoteDevice device;
    private SocketSection.Lines lines;
    private boolean asked;
    private @Nullable ServiceRegistration<DeviceService> registration; // the teller's

    /** What all devices share. */
    record House(
            BundleContext context,
            SocketEventLoop loop,
            Path state,
            Clocks time,
            LongSupplier maxage,
            Iterable<DeviceListener> listeners) {}

    /** On the socket that the section names. */
    static RemoteRegistration of(SocketSection.Lines lines, ProcessRole.Wish wish, House house) {
        return new RemoteRegistration(lines, wish, () -> house.state().resolve(lines.socket()), house);
    }

    /** @param sockets as {@link RemoteDevice} has it */
    RemoteRegistration(SocketSection.Lines lines, ProcessRole.Wish wish, Supplier<Path> sockets, House house) {
        this.lines = lines;
        this.wish = wish;
        context = house.context();
        teller = house.loop().teller();
        notices = new ChangeNotifier(lines.ups(), house.listeners(), teller);
        device = new RemoteDevice(
                lines, sockets, wish == ProcessRole.Wish.QUIETLY, house.loop(), house.time(), house.maxage(), this);
    }

    RemoteDevice device() {
        return device;
    }

    /** Whether it goes on as it is when the section says this; a new description is shown. */
    boolean serves(SocketSection.Lines now, ProcessRole.Wish wanted) {
        if (wanted != wish || !now.ups().equals(lines.ups()) || !now.driver().equals(lines.driver())) return false;
        boolean described = !now.description().equals(lines.description());
        lines = now;
        if (described)
            tell(() -> {
                if (registration != null) registration.setProperties(properties(now));
            });
        return true;
    }

    @Override
    public void show(RemoteDevice connected) {
        if (asked) return;
        asked = true;
        SocketSection.Lines now = lines;
        tell(() -> registration = context.registerService(DeviceService.class, connected, properties(now)));
    }

    @Override
    public void changed(Snapshot before, Snapshot after) {
        if (asked) notices.add(before, after);
    }

    /** Lets go of the driver, and withdraws the device. */
    void end() {
        device.close();
        tell(() -> {
            if (registration != null) registration.unregister();
            registration = null;
        });
    }

    private void tell(Runnable what) {
        try {
            teller.execute(() -> {
                try {
                    what.run();
                } catch (IllegalStateException e) {
                    log.debug("UPS [{}]: the framework was faster", device, e);
                }
            });
        } catch (RejectedExecutionException e) {
            log.debug("the framework withdraws what is shown", e);
        }
    }

    private static Dictionary<String, Object> properties(SocketSection.Lines lines) {
        var properties = new TreeMap<String, Object>();
        properties.put(DeviceService.NAME, lines.ups());
        if (!lines.description().isEmpty()) properties.put(DeviceService.DESCRIPTION, lines.description());
        return FrameworkUtil.asDictionary(properties);
    }
}
