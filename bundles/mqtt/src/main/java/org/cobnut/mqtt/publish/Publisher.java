package org.cobnut.mqtt.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.cobnut.device.DeviceService;
import org.cobnut.model.Names;
import org.cobnut.model.Snapshot;
import org.cobnut.mqtt.net.BrokerSession;
import org.cobnut.mqtt.net.ReceivedMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes all devices. A device's own thread only notes what has happened; one thread reads the snapshots and writes to
 * the broker, as much as it takes, so that a slow broker costs freshness and no memory.
 */
public final class Publisher {
    private static final Logger log = LoggerFactory.getLogger(Publisher.class);
    private static final int MOST_NOTED = 10_000;
    private static final long LIMIT = 64L << 20;
    private static final long GONE_NANOS = 2_000_000_000L;
    private static final long GAP_MILLIS = 20;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Topics topics;
    private final DeviceSource source;
    private final long intervalNanos;
    private final long refreshNanos;
    private final ScheduledExecutorService thread;
    private final EventDetector detector;
    private final EventOutbox outbox;
    private final @Nullable Discovery discovery;
    private final LeftoverTopics leftovers;
    private final Predicate<String> mayRun;
    private final ConcurrentLinkedQueue<DeviceEvent> noted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger notedCount = new AtomicInteger();
    private final Set<String> dirty = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean pumping = new AtomicBoolean();
    private final Map<String, UpsTopics> upses = new TreeMap<>(Names.ORDER);
    private final Map<String, Long> goneAt = new HashMap<>();
    private final Set<String> shuttingDown = new LinkedHashSet<>();
    private @Nullable BrokerSession session;
    private long scannedAt;

    /**
     * How devices are published.
     *
     * @param interval seconds between two messages of one variable, as long as status and alarm are the same
     * @param refresh seconds after which everything is published anew
     * @param discovery the prefix of Home Assistant's discovery; empty for none
     * @param exposed commands that get a button although they may switch something off
     * @param journal the file of the events
     */
    public record Settings(
            Topics topics, int interval, int refresh, String discovery, Set<String> exposed, Path journal) {}

    /**
     * A publisher whose methods are called on one thread, but for {@link #changed}.
     *
     * @param thread runs what {@link #changed} wants done
     * @param mayRun whether a command without a login may be run
     */
    public Publisher(
            Settings settings, DeviceSource source, ScheduledExecutorService thread, Predicate<String> mayRun) {
        topics = settings.topics();
        this.source = source;
        this.thread = thread;
        this.mayRun = mayRun;
        intervalNanos = settings.interval() * SECOND_NANOS;
        refreshNanos = settings.refresh() * SECOND_NANOS;
        detector = new EventDetector(topics.node(), InstantSource.system());
        outbox = new EventOutbox(
                new EventJournal(settings.journal(), LIMIT), ups -> topics.of(ups, "event"), System::nanoTime);
        discovery =
                settings.discovery().isEmpty() ? null : new Discovery(settings.discovery(), topics, settings.exposed());
        leftovers = new LeftoverTopics(topics, this::clearDiscovery);
        scannedAt = System.nanoTime() - GONE_NANOS;
    }

    /** Notes that a device has changed; on the device's own thread. */
    public void changed(String ups, Snapshot before, Snapshot after) {
        for (DeviceEvent event : detector.between(ups, before, after)) {
            boolean room = notedCount.get() < MOST_NOTED || event.alarm();
            if (!room) continue;
            noted.add(event);
            notedCount.incrementAndGet();
        }
        dirty.add(ups);
        wake();
    }

    /** Notes that a device is there now, which it was not before, or by another driver. Any thread. */
    public void came(String ups) {
        dirty.add(ups);
        wake();
    }

    /** Publishes soon what has changed. Any thread. */
    public void wake() {
        try {
            if (pumping.compareAndSet(false, true)) thread.schedule(this::pump, GAP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            log.debug("A device has changed while this ends");
        }
    }

    /** Where Home Assistant says that it has started, for a subscription. */
    public Optional<String> birthTopic() {
        return Optional.ofNullable(discovery).map(Discovery::birthTopic);
    }

    /** Has all discovery told anew. */
    public void rediscover() {
        if (discovery != null) discovery.forget();
        upses.values().forEach(UpsTopics::forget);
        dirty.addAll(upses.keySet());
        pump();
    }

    /** Publishes everything to a broker that has come. */
    public void connected(BrokerSession now) {
        session = now;
        now.publish(topics.status(), "online".getBytes(StandardCharsets.UTF_8), true);
        outbox.connected(now);
        leftovers.connected(now, System.nanoTime());
        rediscover();
    }

    /** Keeps events until the next broker comes. */
    public void disconnected() {
        session = null;
        outbox.disconnected();
    }

    /** The broker has taken an event, or refused it. */
    public void acknowledged(int packet, String refusal) {
        outbox.acknowledged(packet, refusal);
    }

    /** Takes a message that may be one of this node's own, which the broker has kept. */
    public void received(ReceivedMessage message) {
        leftovers.received(session, message);
    }

    private void clearDiscovery(String ups) {
        BrokerSession open = session;
        if (discovery != null && open != null) discovery.clear(open, ups);
    }

    /** Looks for what became due without anybody having said so; some times a second. */
    public void tick() {
        long now = System.nanoTime();
        if (now - scannedAt >= SECOND_NANOS) {
            scannedAt = now;
            scan(now);
        }
        outbox.tick();
        leftovers.tick(session, upses.keySet(), now);
        pump();
    }

    /** Says to the broker that this node goes. */
    public void close() {
        takeNoted();
        BrokerSession open = session;
        if (open != null) {
            open.publish(topics.status(), "offline".getBytes(StandardCharsets.UTF_8), true);
            open.flush();
        }
        try {
            outbox.close();
        } catch (IOException broken) {
            log.debug("The file of events was not closed: {}", broken.toString());
        }
    }

    private void takeNoted() {
        var events = new ArrayList<DeviceEvent>();
        for (DeviceEvent event = noted.poll(); event != null; event = noted.poll()) events.add(event);
        notedCount.addAndGet(-events.size());
        if (!events.isEmpty()) outbox.add(events);
    }

    private void pump() {
        pumping.set(false); // before anything is read, so that a later change is not lost
        takeNoted();
        BrokerSession open = session;
        if (open == null || !open.open()) return;
        long now = System.nanoTime();
        for (String ups : dirty) {
            if (!open.writable()) break; // goes on when it is, or with the next tick
            UpsTopics own = upses.get(ups);
            if (own == null) continue; // known with the next look
            DeviceService device = source.devices().get(ups);
            if (device == null) publishMissing(open, ups, own, now);
            else publish(open, ups, own, device, now);
        }
        open.flush();
    }

    private void publish(BrokerSession open, String ups, UpsTopics own, DeviceService device, long now) {
        boolean fsd = shuttingDown.contains(ups);
        if (!own.due(device.snapshot(), fsd, now, intervalNanos)) return;
        dirty.remove(ups); // before it is read once more, so that a later change is not lost
        Snapshot snapshot = device.snapshot();
        UpsState state = UpsState.of(snapshot, fsd);
        if (discovery != null) discovery.publish(open, ups, snapshot, state, mayRun);
        own.publish(open, state, InstantSource.system().instant(), now);
    }

    /** A section of ups.conf whose driver is not there. */
    private void publishMissing(BrokerSession open, String ups, UpsTopics own, long now) {
        dirty.remove(ups);
        if (!goneAt.containsKey(ups))
            own.publish(open, own.missing(), InstantSource.system().instant(), now);
    }

    /** Devices come and go, and so do sections of ups.conf; forced shutdowns are announced without a word of a device. */
    private void scan(long now) {
        Map<String, DeviceService> devices = source.devices();
        Set<String> known = new TreeSet<>(Names.ORDER);
        known.addAll(source.configured());
        known.addAll(devices.keySet());
        for (String ups : known) {
            goneAt.remove(ups);
            UpsTopics own = upses.computeIfAbsent(ups, name -> new UpsTopics(topics, name));
            if (own.due(now, refreshNanos) || (own.available() && !devices.containsKey(ups))) dirty.add(ups);
        }
        for (String ups : List.copyOf(upses.keySet())) {
            if (known.contains(ups)) continue;
            if (now - goneAt.computeIfAbsent(ups, first -> now) >= GONE_NANOS) forget(ups);
        }
        devices.forEach((ups, device) -> {
            if (!source.fsd(ups)) {
                if (shuttingDown.remove(ups)) dirty.add(ups);
            } else if (shuttingDown.add(ups)) {
                dirty.add(ups);
                Snapshot snapshot = device.snapshot();
                if (!snapshot.status().contains("FSD")) outbox.add(List.of(detector.forcedShutdown(ups, snapshot)));
            }
        });
    }

    private void forget(String ups) {
        BrokerSession open = session;
        if (open == null) return; // it is taken back when there is a broker
        UpsTopics own = upses.remove(ups);
        goneAt.remove(ups);
        if (own != null) own.clear(open);
        if (discovery != null) discovery.clear(open, ups);
        log.info("[{}] is not configured any more; its topics are taken back", ups);
    }
}
