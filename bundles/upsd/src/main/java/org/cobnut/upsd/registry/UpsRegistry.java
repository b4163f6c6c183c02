package org.cobnut.upsd.registry;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import org.cobnut.audit.Actor;
import org.cobnut.audit.AuditLog;
import org.cobnut.device.DeviceListener;
import org.cobnut.device.DeviceService;
import org.cobnut.device.Logins;
import org.cobnut.model.Names;
import org.cobnut.model.Snapshot;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UPSes by name: the sections of ups.conf, joined with the devices of this process. A component of its own, so that
 * logins and FSD latches outlive a restart of the server.
 */
@Component(service = {UpsRegistry.class, DeviceListener.class, Logins.class})
public final class UpsRegistry implements DeviceListener, Logins {
    private static final Logger log = LoggerFactory.getLogger(UpsRegistry.class);

    private final LongSupplier nanos;
    private final Map<String, Ups> all = new ConcurrentSkipListMap<>(Names.ORDER);
    private final Map<ServiceReference<DeviceService>, Offer> offers = new ConcurrentHashMap<>();
    private final Map<String, Ups> byName = new ConcurrentHashMap<>();
    private volatile @Nullable List<Ups> listed;
    private volatile long maxageNanos;

    /** A device service, with the name it was registered under. */
    private record Offer(String name, Ups.Attached device) {}

    /** A registry that uses the monotonic clock of the machine. */
    @Activate
    public UpsRegistry() {
        this(System::nanoTime);
    }

    public UpsRegistry(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Finds a UPS: by its configured name in a hash table, by another case of it in a sorted map. */
    public Optional<Ups> find(String name) {
        Ups exact = byName.get(name);
        return Optional.ofNullable(exact != null ? exact : all.get(name));
    }

    /** Logs every UPS whose state has changed by age; to be called now and then. */
    public void judge(long limitNanos) {
        maxageNanos = limitNanos;
        byName.values().forEach(ups -> ups.judge(limitNanos));
    }

    /** Logs nothing before the server listens. */
    private void judge(Ups ups) {
        if (maxageNanos > 0) ups.judge(maxageNanos);
    }

    /** The UPSes in the order of LIST UPS; the same list object until a UPS, its place or its description changes. */
    public List<Ups> listed() {
        List<Ups> now = listed;
        return now == null ? list() : now;
    }

    private synchronized List<Ups> list() {
        List<Ups> now = listed;
        if (now == null)
            listed = now = all.values().stream()
                    .sorted(Comparator.comparingInt(UpsRegistry::place).thenComparing(Ups::name, Names.ORDER))
                    .toList();
        return now;
    }

    @Override
    public List<Logins.Client> clients(String name) {
        return find(name).stream()
                .flatMap(ups -> ups.clients().stream())
                .map(login -> new Logins.Client(login.user(), login.address()))
                .toList();
    }

    @Override
    public boolean fsd(String name) {
        return find(name).map(Ups::fsd).orElse(false);
    }

    @Override
    public boolean latchFsd(String name) {
        Optional<Ups> ups = find(name);
        ups.ifPresent(found -> {
            log.info("upsmon of this process set FSD on UPS [{}]", found.name());
            found.latchFsd();
            AuditLog.record(new Actor("upsmon", "local"), "FSD " + found.name(), "OK");
        });
        return ups.isPresent();
    }

    @Override
    public synchronized Optional<Logins.Login> login(String name, Logins.Client client) {
        return find(name).map(ups -> new LocalClient(ups, client));
    }

    @Override
    public void changed(String name, Snapshot before, Snapshot after) {
        find(name).ifPresent(ups -> {
            ups.observe();
            judge(ups);
        });
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public synchronized void addSection(Section section) {
        make(section.name()).section(section);
        relist();
    }

    void updatedSection(Section section) {
        relist();
    }

    /**
     * Removes a section: its UPS is not served any more, even while a device offers it, and its clients are
     * disconnected.
     */
    public synchronized void removeSection(Section section) {
        Ups ups = all.get(section.name());
        if (ups == null || ups.section().filter(section::equals).isEmpty()) return;
        forget(ups);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDevice(DeviceService device, ServiceReference<DeviceService> reference) {
        if (!(reference.getProperty(DeviceService.NAME) instanceof String name) || name.isEmpty()) {
            log.warn("A device without {} is not served ({})", DeviceService.NAME, reference.getBundle());
            return;
        }
        String description = reference.getProperty(DeviceService.DESCRIPTION) instanceof String text ? text : "";
        var attached = new Ups.Attached(device, reference.getBundle(), description);
        offers.put(reference, new Offer(name, attached));
        attach(name, attached);
    }

    void removeDevice(DeviceService device, ServiceReference<DeviceService> reference) {
        Offer gone = offers.remove(reference);
        if (gone == null) return;
        detach(gone.name(), device);
        offers.entrySet().stream()
                .filter(offer -> offer.getValue().name().equalsIgnoreCase(gone.name()))
                .max(Map.Entry.comparingByKey())
                .ifPresent(other -> fallBack(other.getValue()));
    }

    /** Takes the device that has had the same name all along. */
    private synchronized void fallBack(Offer other) {
        boolean vacant = find(other.name()).flatMap(Ups::device).isEmpty();
        if (vacant && offers.containsValue(other)) attach(other.name(), other.device());
    }

    public synchronized void attach(String name, Ups.Attached device) {
        Ups ups = make(name);
        ups.device(device);
        relist();
        judge(ups);
    }

    @SuppressWarnings("ReferenceEquality") // the very service that went, not one that is like it
    public synchronized void detach(String name, DeviceService device) {
        Ups ups = all.get(name);
        // A replacement may have come before the old one went.
        if (ups == null || ups.device().filter(now -> now.service() == device).isEmpty()) return;
        ups.device(null);
        if (ups.section().isEmpty() && ups.clients().isEmpty() && !ups.fsd()) forget(ups);
    }

    private void forget(Ups ups) {
        all.remove(ups.name(), ups);
        byName.remove(ups.name(), ups);
        ups.clients().forEach(Ups.Client::kick);
        relist();
    }

    private Ups make(String name) {
        Ups ups = all.computeIfAbsent(name, fresh -> new Ups(fresh, nanos));
        byName.putIfAbsent(ups.name(), ups);
        return ups;
    }

    /** Drops the list; the next request for it makes a new one, because many UPSes may come and go at once. */
    private synchronized void relist() {
        listed = null;
    }

    private static int place(Ups ups) {
        return ups.section().map(Section::order).orElse(Integer.MAX_VALUE);
    }
}
