package org.cobnut.mqtt.fleet;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.cobnut.fleet.Fleet;
import org.cobnut.fleet.FleetUps;
import org.cobnut.model.Names;
import org.cobnut.mqtt.net.ReceivedMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a table shows of each UPS that any node publishes below the base topic; other variables are read over. Bounded
 * by the number of UPSes. Any thread.
 */
public final class FleetView implements Fleet {
    /** UPSes that are kept; more are counted only. */
    static final int MOST = 50_000;

    private static final Logger log = LoggerFactory.getLogger(FleetView.class);
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int LEVELS = 3;
    private static final int LONGEST = 512;
    private static final List<String> SHOWN = List.of(
            "ups.status",
            "battery.charge",
            "battery.runtime",
            "ups.load",
            "ups.alarm",
            "device.model",
            "ups.model",
            "since",
            "ts");

    private final String base;
    private final Supplier<String> brokerFault;
    private final Map<String, Map<String, Row>> nodes = new TreeMap<>();
    private final Map<String, Boolean> online = new HashMap<>();
    private int count;
    private boolean full;

    /** A UPS, and what of it has come. */
    private static final class Row {
        private boolean available;
        private FleetUps shown;

        Row(FleetUps shown) {
            this.shown = shown;
        }
    }

    /**
     * A view without any UPS.
     *
     * @param brokerFault why there is no connection; empty when there is one
     */
    public FleetView(String base, Supplier<String> brokerFault) {
        this.base = base;
        this.brokerFault = brokerFault;
    }

    /** What to subscribe to. */
    public List<String> filters() {
        return List.of(base + "/+/status", base + "/+/+/availability", base + "/+/+/state");
    }

    /** Forgets everything, for the broker tells it all anew. */
    public synchronized void clear() {
        nodes.clear();
        online.clear();
        count = 0;
        full = false;
    }

    /** Takes a message; false when its topic is none of these. */
    public boolean received(ReceivedMessage message) {
        if (!message.topic().startsWith(base + '/')
                || CONTROL.matcher(message.topic()).find()) return false;
        String[] levels = message.topic().substring(base.length() + 1).split("/", -1);
        String last = levels[levels.length - 1];
        if (levels.length == 2 && last.equals("status")) {
            status(levels[0], message);
            return true;
        }
        if (levels.length != LEVELS) return false;
        if (last.equals("availability")) {
            availability(levels[0], levels[1], message);
            return true;
        }
        if (!last.equals("state")) return false;
        state(levels[0], levels[1], message);
        return true;
    }

    @Override
    public synchronized List<FleetUps> upses() {
        var all = new ArrayList<FleetUps>(count);
        nodes.forEach((node, upses) -> {
            boolean there = online.getOrDefault(node, true);
            for (Row row : upses.values()) {
                FleetUps ups = row.shown;
                all.add(new FleetUps(
                        node,
                        ups.ups(),
                        there && row.available,
                        ups.status(),
                        ups.charge(),
                        ups.runtime(),
                        ups.load(),
                        ups.alarm(),
                        ups.model(),
                        ups.since()));
            }
        });
        return all;
    }

    @Override
    public Optional<String> fault() {
        String why = brokerFault.get();
        if (!why.isEmpty()) return Optional.of("This is what came before the broker was lost: " + why);
        synchronized (this) {
            return full ? Optional.of("Only " + MOST + " UPSes are shown; there are more") : Optional.empty();
        }
    }

    private synchronized void status(String node, ReceivedMessage message) {
        if (message.payload().length == 0) online.remove(node);
        else if (online.containsKey(node) || online.size() < MOST)
            online.put(node, message.text().equals("online"));
    }

    private synchronized void availability(String node, String name, ReceivedMessage message) {
        boolean gone = message.payload().length == 0;
        Row row = row(node, name, !gone);
        if (row == null) return;
        row.available = message.text().equals("online");
        if (gone) remove(node, name);
    }

    private void state(String node, String name, ReceivedMessage message) {
        if (message.payload().length == 0) {
            synchronized (this) {
                remove(node, name);
            }
            return;
        }
        FleetUps ups;
        try {
            ups = read(node, name, message.payload());
        } catch (IOException | IllegalStateException | NumberFormatException notJson) {
            log.debug("The state of {} at {} is no JSON object of texts", name, node);
            return;
        }
        synchronized (this) {
            Row row = row(node, name, true);
            if (row != null) row.shown = ups;
        }
    }

    private @Nullable Row row(String node, String name, boolean make) {
        Map<String, Row> upses = nodes.get(node);
        Row known = upses == null ? null : upses.get(name);
        if (known != null || !make) return known;
        if (count >= MOST) {
            if (!full) log.warn("More than {} UPSes are published; the others are not shown", MOST);
            full = true;
            return null;
        }
        count++;
        var row = new Row(new FleetUps(node, name, false, "", "", "", "", "", "", Optional.empty()));
        nodes.computeIfAbsent(node, first -> new TreeMap<>(Names.ORDER)).put(name, row);
        return row;
    }

    private void remove(String node, String name) {
        Map<String, Row> upses = nodes.get(node);
        if (upses == null || upses.remove(name) == null) return;
        count--;
        if (upses.isEmpty()) nodes.remove(node);
    }

    /** Reads the few variables that are shown. */
    private static FleetUps read(String node, String name, byte[] json) throws IOException {
        var values = new HashMap<String, String>();
        try (var in = new JsonReader(new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8))) {
            in.beginObject();
            while (in.hasNext()) {
                String key = in.nextName();
                boolean wanted =
                        SHOWN.contains(key) && (in.peek() == JsonToken.STRING || in.peek() == JsonToken.NUMBER);
                if (wanted) values.put(key, shortened(in.nextString()));
                else in.skipValue();
            }
            in.endObject();
        }
        return new FleetUps(
                node,
                name,
                true,
                values.getOrDefault("ups.status", ""),
                values.getOrDefault("battery.charge", ""),
                values.getOrDefault("battery.runtime", ""),
                values.getOrDefault("ups.load", ""),
                values.getOrDefault("ups.alarm", ""),
                values.getOrDefault("device.model", values.getOrDefault("ups.model", "")),
                instant(values.getOrDefault("since", values.getOrDefault("ts", ""))));
    }

    private static String shortened(String text) {
        String part = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        return CONTROL.matcher(part).replaceAll("?"); // it may be shown on a terminal
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }
}
