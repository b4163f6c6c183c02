package org.cobnut.mqtt.publish;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.cobnut.model.Health;
import org.cobnut.model.Names;
import org.cobnut.model.Snapshot;
import org.cobnut.model.Variable;

/**
 * A UPS at one moment, as it is published.
 *
 * @param values by name, without those that hold a secret
 * @param available whether the values are those of now
 */
record UpsState(Map<String, String> values, boolean available) {
    private static final String STATUS = "ups.status";
    private static final String ALARM = "ups.alarm";
    private static final String FSD = "FSD";
    private static final Pattern SECRET =
            Pattern.compile("driver\\.parameter\\..*(pass|community|secret|token|login|key).*");

    static UpsState of(Snapshot snapshot, boolean fsd) {
        var values = new TreeMap<String, String>(Names.ORDER);
        for (Variable variable : snapshot.variables().values())
            if (!SECRET.matcher(variable.name().toLowerCase(Locale.ROOT)).matches())
                values.put(variable.name(), variable.value());
        if (fsd) values.put(STATUS, status(snapshot, true));
        return new UpsState(values, snapshot.health() instanceof Health.Fresh);
    }

    String status() {
        return values.getOrDefault(STATUS, "");
    }

    /** Whether status, alarm and health are those of a snapshot. */
    boolean looksLike(Snapshot snapshot, boolean fsd) {
        return available == (snapshot.health() instanceof Health.Fresh)
                && status().equals(status(snapshot, fsd))
                && values.getOrDefault(ALARM, "").equals(snapshot.value(ALARM).orElse(""));
    }

    private static String status(Snapshot snapshot, boolean fsd) {
        String status = snapshot.value(STATUS).orElse("");
        return fsd && !snapshot.status().contains(FSD) ? (FSD + ' ' + status).strip() : status;
    }

    /**
     * One object of all values.
     *
     * @param since when the status of now began
     */
    String json(Instant now, Instant since) {
        return Json.text(out -> {
            out.beginObject();
            for (Map.Entry<String, String> value : values.entrySet())
                out.name(value.getKey()).value(value.getValue());
            out.name("ts").value(now.toString()).name("since").value(since.toString());
            out.endObject();
        });
    }
}
