package org.cobnut.upsd;

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
 * Every UPS by name: the sections of ups.conf, joined with the devices that are there now. A component of its own, so
 * that logins and FSD latches outlive a restart of the server.
 */
@Component(service = {Inventory.class, DeviceListener.class, Logins.class})
public final class Inventory implements DeviceListener, Logins {
    private static final Logger log = LoggerFactory.getLogger(Inventory.class);

    private final LongSupplier nanos;
    private final Map<String, Ups> all = new ConcurrentSkipListMap<>(Names.ORDER);
    private final Map<ServiceReference<DeviceService>, Offer> offers = new ConcurrentHashMap<>();
    private final Map<String, Ups> byName = new ConcurrentHashMap<>();
    private volatile @Nullable List<Ups> listed;
    private volatile long maxageNanos;

    /** A device that is there, under the name it was registered with. */
    private record Offer(String name, Ups.Attached device) {}

    /** An inventory on the machine's monotonic clock. */
    @Activate
    public Inventory() {
        this(System::nanoTime);
    }

    Inventory(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** By the name as it is configured at the price of a hash, by any other case of it at that of a search. */
    Optional<Ups> find(String name) {
        Ups exact = byName.get(name);
        return Optional.ofNullable(exact != null ? exact : all.get(name));
    }

    /** Tells the log what age has made of every UPS; to be called now and then. */
    void judge(long limitNanos) {
        maxageNanos = limitNanos;
        byName.values().forEach(ups -> ups.judge(limitNanos));
    }

    /** Nothing is told before somebody can be served. */
    private void judge(Ups ups) {
        if (maxageNanos > 0) ups.judge(maxageNanos);
    }

    /** In the order of LIST UPS; the very same list until a UPS, its place or its description is another. */
    List<Ups> listed() {
        List<Ups> now = listed;
        return now == null ? list() : now;
    }

    private synchronized List<Ups> list() {
        List<Ups> now = listed;
        if (now == null)
            listed = now = all.values().stream()
                    .sorted(Comparator.comparingInt(Inventory::place).thenComparing(Ups::name, Names.ORDER))
                    .toList();
        return now;
    }

    @Override
    public List<Logins.Client> clients(String name) {
        return find(name).stream()
                .flatMap(ups -> ups.logins().stream())
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
        return find(name).map(ups -> new InnerLogin(ups, client));
    }

    @Override
    public void changed(String name, Snapshot before, Snapshot after) {
        find(name).ifPresent(ups -> {
            ups.observe();
            judge(ups);
        });
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void addSection(Section section) {
        make(section.name()).section(section);
        relist();
    }

    void updatedSection(Section section) {
        relist();
    }

    /** The UPS is served no more, whoever still offers its device for the moment; who logged into it is sent away. */
    synchronized void removeSection(Section section) {
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

    /** Another device of that name was there all the time. */
    private synchronized void fallBack(Offer other) {
        boolean vacant = find(other.name()).flatMap(Ups::device).isEmpty();
        if (vacant && offers.containsValue(other)) attach(other.name(), other.device());
    }

    synchronized void attach(String name, Ups.Attached device) {
        Ups ups = make(name);
        ups.device(device);
        relist();
        judge(ups);
    }

    @SuppressWarnings("ReferenceEquality") // the very service that went, not one that is like it
    synchronized void detach(String name, DeviceService device) {
        Ups ups = all.get(name);
        // A replacement may have come before the old one went.
        if (ups == null || ups.device().filter(now -> now.service() == device).isEmpty()) return;
        ups.device(null);
        if (ups.section().isEmpty() && ups.logins().isEmpty() && !ups.fsd()) forget(ups);
    }

    private void forget(Ups ups) {
        all.remove(ups.name(), ups);
        byName.remove(ups.name(), ups);
        ups.logins().forEach(Ups.Login::kick);
        relist();
    }

    private Ups make(String name) {
        Ups ups = all.computeIfAbsent(name, fresh -> new Ups(fresh, nanos));
        byName.putIfAbsent(ups.name(), ups);
        return ups;
    }

    /** Many come and go at once, so the list is made when somebody wants it. */
    private synchronized void relist() {
        listed = null;
    }

    private static int place(Ups ups) {
        return ups.section().map(Section::order).orElse(Integer.MAX_VALUE);
    }
}
