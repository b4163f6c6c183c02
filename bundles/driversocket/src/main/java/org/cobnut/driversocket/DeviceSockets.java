package org.cobnut.driversocket;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.cobnut.device.DeviceListener;
import org.cobnut.device.DeviceService;
import org.cobnut.lifecycle.ConfigurationReload;
import org.cobnut.lifecycle.ProgramControl;
import org.cobnut.lifecycle.ReloadOrExit;
import org.cobnut.model.Names;
import org.cobnut.model.Snapshot;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Every device of this runtime that has a section of ups.conf, on its socket for servers of other programs. */
@Component(service = DeviceListener.class, immediate = true)
public final class DeviceSockets implements DeviceListener {
    private final SocketEventLoop loop;
    private final @Nullable DriverProgram alone;
    private final boolean brief;
    private final Bundle own;
    private final Path state;
    private final Clocks time = Clocks.system();
    private final Future<?> ticking;
    private final Map<String, DeviceSocket> byName = new ConcurrentHashMap<>();

    // The loop's thread only.
    private final Map<SocketSection, String> names = new HashMap<>();
    private final Map<String, Place> places = new TreeMap<>(Names.ORDER);

    /** What is there of one name. */
    private static final class Place {
        private @Nullable SocketSection section;
        private @Nullable DeviceService device;
        private String deviceName = "";
        private @Nullable DeviceSocket offer;
    }

    /**
     * Offers nothing yet.
     *
     * @param program hears that the socket is there, and ends; absent in a framework that our launcher did not start
     */
    @Activate
    public DeviceSockets(
            @Reference SocketEventLoop loop,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL) @Nullable ProgramControl program,
            BundleContext context) {
        this.loop = loop;
        boolean driver = "driver".equals(context.getProperty("cobnut.program"));
        alone = program == null || !driver
                ? null
                : new DriverProgram(program::listening, program::fail, program::finish);
        if (alone != null) context.registerService(ReloadOrExit.class, alone::readOrExit, null);
        brief = Stream.of("cobnut.driver.dump", "cobnut.driver.killpower")
                .anyMatch(task -> context.getProperty(task) != null);
        own = context.getBundle();
        String path = context.getProperty("cobnut.statepath");
        state = Path.of(path == null ? "" : path);
        ticking = loop.everySecond(this::tick);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setReload(ConfigurationReload reload) {
        if (alone != null) alone.reload(reload);
    }

    void unsetReload(ConfigurationReload reload) {
        if (alone != null) alone.reload(null);
    }

    @Deactivate
    void stop() {
        ticking.cancel(false);
        loop.thread().execute(() -> {
            byName.values().forEach(DeviceSocket::close);
            byName.clear();
            places.clear();
        });
    }

    @Override
    public void changed(String ups, Snapshot before, Snapshot after) {
        DeviceSocket offer = byName.get(ups);
        if (offer != null) offer.changed(after);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addSection(SocketSection section) {
        loop.thread().execute(() -> place(section));
    }

    void updatedSection(SocketSection section) {
        addSection(section);
    }

    void removeSection(SocketSection section) {
        loop.thread().execute(() -> displace(section));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDevice(DeviceService device, ServiceReference<DeviceService> reference) {
        if (brief) return; // whose socket may be another's, who serves
        if (own.equals(reference.getBundle())) return; // which came from a socket itself
        if (!(reference.getProperty(DeviceService.NAME) instanceof String name)) return;
        loop.thread().execute(() -> {
            Place at = at(name);
            at.device = device;
            at.deviceName = name;
            settle(name);
        });
    }

    @SuppressWarnings("ReferenceEquality") // the very service that went: a replacement may have come before it
    void removeDevice(DeviceService device, ServiceReference<DeviceService> reference) {
        if (!(reference.getProperty(DeviceService.NAME) instanceof String name)) return;
        loop.thread().execute(() -> {
            if (at(name).device == device) at(name).device = null;
            settle(name);
        });
    }

    private void tick() {
        byName.values().forEach(DeviceSocket::tick);
    }

    private void place(SocketSection section) {
        String name = section.lines().ups();
        String before = names.put(section, name);
        if (before != null && !before.equals(name)) vacate(before, section);
        at(name).section = section;
        settle(name);
    }

    private void displace(SocketSection section) {
        String name = names.remove(section);
        if (name != null) vacate(name, section);
    }

    private void vacate(String name, SocketSection section) {
        if (section.equals(at(name).section)) at(name).section = null;
        settle(name);
    }

    private Place at(String name) {
        return places.computeIfAbsent(name, none -> new Place());
    }

    /** Makes what is offered of that name what it should be. */
    private void settle(String name) {
        Place at = at(name);
        SocketSection section = at.section;
        DeviceService device = at.device;
        DeviceSocket offer = at.offer;
        if (section == null || device == null) {
            end(at);
            if (section == null && device == null) places.remove(name);
            return;
        }
        SocketSection.Lines lines = section.lines();
        Path socket = state.resolve(lines.socket());
        if (offer != null && offer.serves(lines, socket, device)) return;
        end(at);
        var next = new DeviceSocket(lines, socket, device, loop, time, alone);
        at.offer = next;
        byName.put(at.deviceName, next);
        next.tick();
    }

    private void end(Place at) {
        DeviceSocket was = at.offer;
        at.offer = null;
        if (was == null) return;
        byName.values().remove(was);
        was.close();
    }
}
