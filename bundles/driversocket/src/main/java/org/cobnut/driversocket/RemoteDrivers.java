package org.cobnut.driversocket;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cobnut.device.DeviceFinder;
import org.cobnut.device.DeviceListener;
import org.cobnut.device.DeviceService;
import org.cobnut.device.IsolatedSection;
import org.cobnut.driver.Driver;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Drivers of other programs, each a device of ours for as long as this runtime has no driver for its section. */
@Component(
        service = {RemoteDrivers.class, DeviceFinder.class},
        immediate = true,
        configurationPid = "cobnut.upsd",
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
public final class RemoteDrivers implements DeviceFinder {
    /** What is read of upsd.conf; the server's Metatype describes the whole of it. */
    @interface Config {
        int maxage() default 15;
    }

    /** How long bundles may take to come before a driver counts as missing; the runtime has the same. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private final SocketEventLoop loop;
    private final ProcessRole program;
    private final Clocks time = Clocks.system();
    private final Future<?> ticking;
    private final RemoteRegistration.House house;
    private final Set<SocketSection> sections = ConcurrentHashMap.newKeySet();
    private final Map<ServiceReference<Driver>, Collection<?>> offered = new ConcurrentHashMap<>();
    private final Set<String> isolated = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> others = new ConcurrentHashMap<>();
    private final List<DeviceListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile long maxage;
    private volatile boolean over;

    // The loop's thread only.
    private final Map<String, Long> missing = new HashMap<>();
    private final Map<SocketSection, RemoteRegistration> shown = new HashMap<>();
    private final UpstreamSockets upstreams;

    /** Looks for no driver yet. */
    @Activate
    public RemoteDrivers(@Reference SocketEventLoop loop, BundleContext context, Config config) {
        this.loop = loop;
        program = ProcessRole.of(context.getProperty(ProcessRole.PROPERTY));
        String path = context.getProperty("cobnut.statepath");
        modified(config);
        house = new RemoteRegistration.House(
                context, loop, Path.of(path == null ? "" : path), time, () -> maxage, listeners);
        upstreams = new UpstreamSockets(
                house, context.getProperty("cobnut.driver") + '-' + context.getProperty("cobnut.ups"));
        ticking = loop.everySecond(this::tick);
    }

    @Modified
    void modified(Config config) {
        maxage = Duration.ofSeconds(Math.max(1, config.maxage())).toNanos();
    }

    @Deactivate
    void stop() {
        over = true;
        ticking.cancel(false);
        loop.thread().execute(() -> {
            shown.values().forEach(RemoteRegistration::end);
            shown.clear();
            upstreams.want(Set.of());
        });
    }

    /** In a driver's program only: elsewhere each section of ups.conf is a device already. */
    @Override
    public void wanted(Set<String> ports) {
        if (program == ProcessRole.DRIVER) loop.thread().execute(() -> upstreams.want(ports));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addSection(SocketSection section) {
        sections.add(section);
        soon();
    }

    void updatedSection(SocketSection section) {
        soon();
    }

    void removeSection(SocketSection section) {
        sections.remove(section);
        soon();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDriver(ServiceReference<Driver> driver) {
        Object names = driver.getProperty(Driver.NAME);
        offered.put(
                driver,
                names instanceof Object[] several
                        ? Arrays.asList(several)
                        : names == null ? List.of() : List.of(names));
        soon();
    }

    void updatedDriver(ServiceReference<Driver> driver) {
        addDriver(driver);
    }

    void removeDriver(ServiceReference<Driver> driver) {
        offered.remove(driver);
    }

    /** The runtime leaves this section to a process of its own. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addIsolated(IsolatedSection section) {
        isolated.add(key(section.ups()));
        soon();
    }

    void removeIsolated(IsolatedSection section) {
        isolated.remove(key(section.ups()));
        soon();
    }

    private static String key(String ups) {
        return ups.toLowerCase(Locale.ROOT);
    }

    /** A device that somebody else shows under a section's name wins over one from a socket. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDevice(ServiceReference<DeviceService> device) {
        if (house.context().getBundle().equals(device.getBundle())) return;
        if (device.getProperty(DeviceService.NAME) instanceof String name) others.merge(key(name), 1, Integer::sum);
    }

    void removeDevice(ServiceReference<DeviceService> device) {
        if (house.context().getBundle().equals(device.getBundle())) return;
        if (device.getProperty(DeviceService.NAME) instanceof String name)
            others.computeIfPresent(key(name), (same, count) -> count == 1 ? null : count - 1);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(DeviceListener listener) {
        listeners.add(listener);
    }

    void removeListener(DeviceListener listener) {
        listeners.remove(listener);
    }

    /** Many wishes at once are one. */
    private void soon() {
        if (due.compareAndSet(false, true))
            loop.thread().execute(() -> {
                due.set(false);
                tick();
            });
    }

    private void tick() {
        if (over) return;
        var gone = new HashSet<>(shown.keySet());
        for (SocketSection section : sections) {
            gone.remove(section);
            judge(section);
        }
        gone.forEach(this::end);
        shown.values().forEach(each -> each.device().tick());
        upstreams.tick();
    }

    private void judge(SocketSection section) {
        SocketSection.Lines lines = section.lines();
        boolean taken = others.containsKey(key(lines.ups()));
        boolean apart = lines.isolated() || isolated.contains(key(lines.ups()));
        ProcessRole.Wish wish = taken ? ProcessRole.Wish.NO : program.wish(apart, missing(lines.driver()));
        RemoteRegistration now = shown.get(section);
        boolean same = now != null && now.serves(lines, wish);
        if (now != null && !same) end(section);
        if (same || wish == ProcessRole.Wish.NO) return;
        shown.put(section, RemoteRegistration.of(lines, wish, house));
    }

    /** Whether no bundle has offered this driver for a while. */
    private boolean missing(String driver) {
        if (offered.values().stream().anyMatch(names -> names.contains(driver))) {
            missing.remove(driver);
            return false;
        }
        if (missing.size() > sections.size()) missing.clear();
        long now = time.now();
        return now - missing.computeIfAbsent(driver, first -> now) >= SETTLED.toNanos();
    }

    private void end(SocketSection section) {
        RemoteRegistration was = shown.remove(section);
        if (was != null) was.end();
    }
}
