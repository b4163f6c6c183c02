package org.cobnut.mqtt.publish;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.cobnut.model.Health;
import org.cobnut.model.Snapshot;

/** Finds what happened between two moments of a UPS, in NUT's kinds of notices. Any thread. */
final class EventDetector {
    private static final String ALARM_TEXT = "ups.alarm";
    private static final String ONLINE = "OL";

    /** Words of ups.status of which nobody wants to hear. */
    private static final Set<String> SILENT = Set.of("CHRG", "DISCHRG", "HB", "ALARM", "TEST");

    /** What is said of a word that comes, and of one that goes where that is said at all. */
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry(ONLINE, new Kind("ONLINE", "is on line power", "", "")),
            Map.entry("OB", new Kind("ONBATT", "is on battery", "", "")),
            Map.entry("LB", new Kind("LOWBATT", "has a low battery", "", "")),
            Map.entry("FSD", new Kind("FSD", "is about to shut down", "", "")),
            Map.entry("RB", new Kind("REPLBATT", "needs a new battery", "", "")),
            Map.entry("CAL", new Kind("CAL", "calibrates its battery", "NOTCAL", "has ended its calibration")),
            Map.entry("OFF", new Kind("OFF", "is switched off", "NOTOFF", "is switched on again")),
            Map.entry("BYPASS", new Kind("BYPASS", "is on bypass", "NOTBYPASS", "is no longer on bypass")),
            Map.entry("ECO", new Kind("ECO", "is in ECO mode", "NOTECO", "is no longer in ECO mode")),
            Map.entry("OVER", new Kind("OVER", "is overloaded", "NOTOVER", "is no longer overloaded")),
            Map.entry("TRIM", new Kind("TRIM", "trims the voltage", "NOTTRIM", "no longer trims the voltage")),
            Map.entry("BOOST", new Kind("BOOST", "boosts the voltage", "NOTBOOST", "no longer boosts the voltage")));

    /** What may go when there is no room. */
    private static final Set<String> NO_ALARM =
            Set.of("CAL", "NOTCAL", "ECO", "NOTECO", "TRIM", "NOTTRIM", "BOOST", "NOTBOOST", "OTHER", "NOTOTHER");

    private record Kind(String comes, String comesText, String goes, String goesText) {}

    private final String node;
    private final InstantSource clock;
    private final String run = UUID.randomUUID().toString();
    private final AtomicLong count = new AtomicLong();

    EventDetector(String node, InstantSource clock) {
        this.node = node;
        this.clock = clock;
    }

    /** What happened, in the order in which it is told. */
    List<DeviceEvent> between(String ups, Snapshot before, Snapshot after) {
        var events = new ArrayList<DeviceEvent>();
        String was = status(before);
        String is = status(after);
        boolean spoke = before.health() instanceof Health.Fresh || before.health() instanceof Health.Starting;
        boolean speaks = after.health() instanceof Health.Fresh;
        if (spoke && !speaks && !(after.health() instanceof Health.Starting))
            events.add(
                    event(ups, "COMMBAD", "does not answer: " + after.health().reason(), was, is));
        if (!spoke && speaks) events.add(event(ups, "COMMOK", "answers again", was, is));
        if (!was.equals(is)) words(events, ups, before.status(), after.status(), was, is);
        alarms(events, ups, alarm(before), alarm(after), was, is);
        return events;
    }

    /** The announcement of a forced shutdown, which is no word of the device. */
    DeviceEvent forcedShutdown(String ups, Snapshot now) {
        String is = status(now);
        return event(ups, "FSD", "is about to shut down", is, "FSD " + is);
    }

    private void words(
            List<DeviceEvent> events, String ups, List<String> before, List<String> after, String was, String is) {
        for (String word : new HashSet<>(before)) {
            if (after.contains(word) || SILENT.contains(word)) continue;
            Kind kind = KINDS.get(word);
            if (kind == null) events.add(event(ups, "NOTOTHER", "no longer says " + word, was, is));
            else if (!kind.goes().isEmpty()) events.add(event(ups, kind.goes(), kind.goesText(), was, is));
        }
        for (String word : after) {
            if (before.contains(word) || SILENT.contains(word) || (word.equals(ONLINE) && before.isEmpty())) continue;
            Kind kind = KINDS.get(word);
            if (kind == null) events.add(event(ups, "OTHER", "says " + word, was, is));
            else events.add(event(ups, kind.comes(), kind.comesText(), was, is));
        }
    }

    private void alarms(List<DeviceEvent> events, String ups, String before, String after, String was, String is) {
        if (after.equals(before)) return;
        if (after.isEmpty()) events.add(event(ups, "NOTALARM", "has no alarm any more", was, is));
        else events.add(event(ups, "ALARM", "has an alarm: " + after, was, is));
    }

    /** The text of the alarm; the word ALARM where a device gives no text. */
    private static String alarm(Snapshot snapshot) {
        return snapshot.value(ALARM_TEXT)
                .filter(text -> !text.isBlank())
                .orElseGet(() -> snapshot.status().contains("ALARM") ? "ALARM" : "");
    }

    private static String status(Snapshot snapshot) {
        return String.join(" ", snapshot.status());
    }

    private DeviceEvent event(String ups, String type, String text, String was, String is) {
        String json = Json.text(out -> out.beginObject()
                .name("type")
                .value(type)
                .name("text")
                .value("UPS " + ups + ' ' + text)
                .name("node")
                .value(node)
                .name("ups")
                .value(ups)
                .name("before")
                .value(was)
                .name("after")
                .value(is)
                .name("ts")
                .value(clock.instant().toString())
                .name("id")
                .value(run + '-' + count.incrementAndGet())
                .endObject());
        return new DeviceEvent(Topics.level(ups), !NO_ALARM.contains(type), json);
    }
}
