package org.cobnut.mqtt.publish;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.cobnut.model.Names;
import org.cobnut.mqtt.net.BrokerSession;
import org.cobnut.mqtt.net.ReceivedMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back what the broker still keeps of UPSes that left ups.conf while this node was away. It asks once after each
 * start for the availability of every UPS of this node, and then for all topics of those that are not configured. One thread.
 */
final class LeftoverTopics {
    private static final Logger log = LoggerFactory.getLogger(LeftoverTopics.class);
    private static final byte[] EMPTY = {};
    private static final String AVAILABILITY = "/availability";

    /** In which the broker tells what it keeps, and every device that is configured is known. */
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private final Topics topics;
    private final Consumer<String> gone;
    private final Set<String> told = new TreeSet<>(Names.ORDER);
    private List<String> filters = List.of();
    private Step step = Step.UNASKED;
    private long began;

    private enum Step {
        UNASKED,
        LISTENING,
        CLEARING,
        DONE
    }

    /** @param gone hears the name of each UPS whose topics are taken back */
    LeftoverTopics(Topics topics, Consumer<String> gone) {
        this.topics = topics;
        this.gone = gone;
    }

    /** A broker has come; it is asked unless one was asked to the end before. */
    void connected(BrokerSession session, long now) {
        if (step == Step.DONE || !session.retains()) return;
        told.clear();
        subscribe(session, Step.LISTENING, List.of(topics.of("+", "availability")), now);
    }

    /** Takes a message of one of these topics; others are left alone. */
    void received(@Nullable BrokerSession session, ReceivedMessage message) {
        if (!message.retained() || message.payload().length == 0 || !topics.own(message.topic())) return;
        String rest = message.topic().substring(topics.prefix().length());
        if (step == Step.LISTENING && rest.endsWith(AVAILABILITY) && rest.indexOf('/') == rest.lastIndexOf('/'))
            told.add(rest.substring(0, rest.indexOf('/')));
        else if (step == Step.CLEARING && session != null && rest.contains("/") && told.contains(rest.split("/", 2)[0]))
            session.publish(message.topic(), EMPTY, true);
    }

    /** @param configured the UPSes that are not gone */
    void tick(@Nullable BrokerSession session, Set<String> configured, long now) {
        if (session == null || !session.open() || step == Step.UNASKED || step == Step.DONE) return;
        if (now - began < PATIENCE_NANOS) return;
        session.unsubscribe(filters);
        if (step == Step.CLEARING) {
            step = Step.DONE;
            return;
        }
        told.removeAll(configured.stream().map(Topics::level).collect(Collectors.toSet()));
        if (told.isEmpty()) {
            step = Step.DONE;
            return;
        }
        log.info("{}: not configured any more; what the broker keeps of it is taken back", String.join(", ", told));
        told.forEach(gone);
        subscribe(
                session,
                Step.CLEARING,
                told.stream().map(ups -> topics.of(ups, "#")).toList(),
                now);
    }

    private void subscribe(BrokerSession session, Step next, List<String> wanted, long now) {
        step = next;
        filters = wanted;
        began = now;
        session.subscribe(wanted);
    }
}
