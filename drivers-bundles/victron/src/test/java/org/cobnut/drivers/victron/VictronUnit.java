package org.cobnut.drivers.victron;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.testkit.serial.SerialSimulator;

/** A Match of 1500 VA, on line with a full battery. */
final class VictronUnit extends SerialSimulator {
    private final Map<String, String> values = new ConcurrentHashMap<>(Map.ofEntries(
            Map.entry("vDm", "IMV"),
            Map.entry("vDM", "Match 1500"),
            Map.entry("vDS", "12345678"),
            Map.entry("vDV", "1.23"),
            Map.entry("vFi", "184"),
            Map.entry("vFj", "264"),
            Map.entry("vAa", "0"),
            Map.entry("vTr", "6"),
            Map.entry("vBT", "25"),
            Map.entry("vO0L", "42"),
            Map.entry("vI0U", "230"),
            Map.entry("vI0f", "499"),
            Map.entry("vO0U", "231"),
            Map.entry("vOf", "501"),
            Map.entry("vO0I", "37"),
            Map.entry("vBC", "91"),
            Map.entry("vBU", "273"),
            Map.entry("vBt", "45")));

    VictronUnit with(String question, String value) {
        values.put(question, value);
        return this;
    }

    @Override
    protected List<String> answer(String request) {
        String letters = request.stripTrailing();
        if (letters.isEmpty()) return List.of();
        if (letters.equals("?")) return List.of("?\r");
        String question = letters.substring(0, letters.length() - 1);
        return letters.endsWith("?")
                ? List.of(question + values.getOrDefault(question, "NA") + "\r")
                : List.of(question + "\r");
    }
}
