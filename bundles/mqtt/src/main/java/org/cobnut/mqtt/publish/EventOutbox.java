package org.cobnut.mqtt.publish;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.cobnut.mqtt.net.BrokerSession;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events in their order, each until the broker has acknowledged it. They are on the disk before they are sent; where
 * the disk cannot be written, the last ones are kept in memory. One thread.
 */
final class EventOutbox implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(EventOutbox.class);
    private static final int MOST_ON_THE_WAY = 32;
    private static final int MOST_IN_MEMORY = 1000;
    private static final long AFTER_REFUSAL_NANOS = 60_000_000_000L;
    private static final long IN_MEMORY = -1;

    private final EventJournal journal;
    private final Function<String, String> topics;
    private final LongSupplier nanos;
    private final Deque<OnTheWay> onTheWay = new ArrayDeque<>();
    private final Deque<DeviceEvent> unsaved = new ArrayDeque<>();
    private @Nullable BrokerSession session;
    private int generation;
    private long refusedAt;
    private boolean refused;
    private String fault = "";

    /** An event that the broker has not acknowledged yet. */
    private static final class OnTheWay {
        private final int packet;
        private final long end;
        private boolean taken;

        OnTheWay(int packet, long end) {
            this.packet = packet;
            this.end = end;
        }
    }

    /**
     * An outbox without a broker.
     *
     * @param topics the topic of the events of a UPS, which is given as a level
     * @param nanos a monotonic clock
     */
    EventOutbox(EventJournal journal, Function<String, String> topics, LongSupplier nanos) {
        this.journal = journal;
        this.topics = topics;
        this.nanos = nanos;
    }

    /** Takes events, which are safe when this returns if the disk can be written. */
    void add(List<DeviceEvent> events) {
        unsaved.addAll(events);
        save();
        while (unsaved.size() > MOST_IN_MEMORY) {
            DeviceEvent first =
                    unsaved.stream().filter(event -> !event.alarm()).findFirst().orElse(unsaved.peek());
            unsaved.removeFirstOccurrence(first);
        }
        send();
    }

    /** Sends what waits to a broker that has come. */
    void connected(BrokerSession now) {
        session = now;
        refused = false;
        again();
        send();
    }

    /** Waits for the next broker. */
    void disconnected() {
        session = null;
        again();
    }

    /** Marks an event as taken, or tries again in a minute when it was refused. */
    void acknowledged(int packet, String refusal) {
        if (onTheWay.stream().noneMatch(each -> each.packet == packet)) return;
        if (!refusal.isEmpty()) {
            if (!refused) log.warn("The broker does not take an event: {}; it is sent again each minute", refusal);
            refused = true;
            refusedAt = nanos.getAsLong();
            again();
            return;
        }
        for (OnTheWay each : onTheWay) if (each.packet == packet) each.taken = true;
        try {
            while (!onTheWay.isEmpty() && onTheWay.peek().taken) {
                long end = onTheWay.remove().end;
                if (end == IN_MEMORY) unsaved.poll();
                else journal.acknowledged(end);
            }
            if (!refused) send();
        } catch (IOException failed) {
            tell(failed);
        }
    }

    /** Tries again what did not work. */
    void tick() {
        if (!unsaved.isEmpty()) save();
        if (!refused || nanos.getAsLong() - refusedAt > AFTER_REFUSAL_NANOS) {
            refused = false;
            send();
        }
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }

    private void save() {
        if (unsaved.isEmpty() || onTheWay.stream().anyMatch(each -> each.end == IN_MEMORY)) return;
        try {
            journal.append(new ArrayList<>(unsaved));
            unsaved.clear();
            fault = "";
        } catch (IOException failed) {
            tell(failed);
        }
        long dropped = journal.takeDropped();
        if (dropped > 0)
            log.warn("{} events are lost, because the broker was away for longer than there is room for", dropped);
        if (generation != journal.generation()) {
            generation = journal.generation();
            again();
        }
    }

    /** What is on the way is sent once more; its id says that it is the same event. */
    private void again() {
        onTheWay.clear();
        journal.rewind();
    }

    private void send() {
        BrokerSession open = session;
        if (open == null || refused) return;
        int room = Math.min(MOST_ON_THE_WAY, open.receiveMaximum()) - onTheWay.size();
        if (room <= 0) return;
        try {
            for (EventJournal.Entry entry : journal.read(room)) send(open, entry.event(), entry.end());
        } catch (IOException failed) {
            tell(failed);
        }
        if (onTheWay.isEmpty())
            for (DeviceEvent event : unsaved.stream().limit(room).toList()) send(open, event, IN_MEMORY);
        open.flush();
    }

    private void send(BrokerSession open, DeviceEvent event, long end) {
        byte[] payload = event.json().getBytes(StandardCharsets.UTF_8);
        int packet = open.publishAtLeastOnce(topics.apply(event.level()), payload, false);
        var sent = new OnTheWay(packet, end);
        sent.taken = packet == 0; // longer than the broker ever takes
        onTheWay.add(sent);
    }

    private void tell(IOException failed) {
        String why = ErrorText.withFile(failed);
        if (!why.equals(fault)) log.warn("Events cannot be kept on the disk: {}; they are in memory only", why);
        fault = why;
    }
}
