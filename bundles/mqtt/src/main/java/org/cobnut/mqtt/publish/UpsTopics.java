package org.cobnut.mqtt.publish;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cobnut.model.Names;
import org.cobnut.model.Snapshot;
import org.cobnut.mqtt.net.BrokerSession;

/** Publishes one UPS: what has changed since it was told last. One thread. */
final class UpsTopics {
    private static final UpsState NOTHING = new UpsState(Map.of(), false);
    private static final byte[] EMPTY = {};

    private final Topics topics;
    private final String ups;
    private UpsState told = NOTHING;
    private boolean all = true;
    private long toldAt;
    private long allAt;
    private Instant since = Instant.EPOCH;

    UpsTopics(Topics topics, String ups) {
        this.topics = topics;
        this.ups = ups;
    }

    /** Nothing of what was told is known to the broker any more. */
    void forget() {
        all = true;
    }

    /** Whether everything is to be told anew, for it was last told before that time. */
    boolean due(long nanos, long refreshNanos) {
        if (nanos - allAt >= refreshNanos) all = true;
        return all;
    }

    /** Whether it is time to tell these values: at once when status, alarm or health are others. */
    boolean due(Snapshot now, boolean fsd, long nanos, long intervalNanos) {
        return all || nanos - toldAt >= intervalNanos || !told.looksLike(now, fsd);
    }

    /** Whether the broker was told last that the values are those of now. */
    boolean available() {
        return told.available();
    }

    /** Tells it, if it differs from what was told. */
    void publish(BrokerSession session, UpsState now, Instant clock, long nanos) {
        if (!all && now.equals(told)) return;
        if (since.equals(Instant.EPOCH) || !now.status().equals(told.status())) since = clock;
        for (String name : gone(now)) session.publish(topics.variable(ups, name), EMPTY, true);
        now.values().forEach((name, value) -> {
            if (all || !value.equals(told.values().get(name)))
                session.publish(topics.variable(ups, name), bytes(value), true);
        });
        if (all || !now.values().equals(told.values()))
            session.publish(
                    topics.of(ups, "state"),
                    bytes(now.json(clock.truncatedTo(ChronoUnit.MILLIS), since.truncatedTo(ChronoUnit.MILLIS))),
                    true);
        if (all || now.available() != told.available())
            session.publish(topics.of(ups, "availability"), bytes(now.available() ? "online" : "offline"), true);
        told = now;
        toldAt = nanos;
        if (all) allAt = nanos;
        all = false;
    }

    /** The values that were told last, which are not those of now any more. */
    UpsState missing() {
        return new UpsState(told.values(), false);
    }

    /** Takes back all that the broker keeps of it. */
    void clear(BrokerSession session) {
        for (String name : told.values().keySet()) session.publish(topics.variable(ups, name), EMPTY, true);
        for (String what : new String[] {"state", "availability"}) session.publish(topics.of(ups, what), EMPTY, true);
        told = NOTHING;
    }

    private Set<String> gone(UpsState now) {
        var gone = new TreeSet<>(Names.ORDER);
        gone.addAll(told.values().keySet());
        gone.removeAll(now.values().keySet());
        return gone;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
