package org.cobnut.model;

import java.util.Locale;
import java.util.Map;

/** Explains the words of {@code ups.status} (nut-names). */
public final class StatusWords {
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("OL", "on line"),
            Map.entry("OB", "on battery"),
            Map.entry("LB", "battery low"),
            Map.entry("HB", "battery high"),
            Map.entry("RB", "replace battery"),
            Map.entry("CHRG", "charging"),
            Map.entry("DISCHRG", "discharging"),
            Map.entry("BYPASS", "bypass"),
            Map.entry("CAL", "calibrating"),
            Map.entry("OFF", "off"),
            Map.entry("OVER", "overloaded"),
            Map.entry("TRIM", "trimming"),
            Map.entry("BOOST", "boosting"),
            Map.entry("ALARM", "alarm"),
            Map.entry("TEST", "testing"),
            Map.entry("FSD", "forced shutdown"));

    private StatusWords() {}

    /** What a word means, in English; the word itself when NUT does not define it. */
    public static String meaning(String word) {
        return MEANINGS.getOrDefault(word.toUpperCase(Locale.ROOT), word);
    }
}
