package org.cobnut.drivers.utalk;

import java.util.Map;

/**
 * What a UPS is.
 *
 * @param raw as the UPS says it in words; empty for an older one, which has numbers only
 */
record Identity(String raw, String model, String firmware) {
    private static final String UNKNOWN = "unknown";

    /** Models of UPSes that have numbers only. */
    private static final Map<String, String> MODELS = Map.ofEntries(
            Map.entry("3000 5", "Pulsar SV3"),
            Map.entry("3000 6", "Pulsar SV5/8/11"),
            Map.entry("3000 7", "Pulsar SV3"),
            Map.entry("3000 8", "Pulsar SV5/8"),
            Map.entry("3000 10", "Pulsar SV11/ESV13"),
            Map.entry("3000 11", "Pulsar ESV17"),
            Map.entry("3000 12", "Pulsar ESV20"),
            Map.entry("3000 13", "Pulsar ESV13"),
            Map.entry("3000 14", "Pulsar ESV17"),
            Map.entry("3000 15", "Pulsar ESV20"),
            Map.entry("3000 17", "Pulsar ESV8"),
            Map.entry("3000 51", "Pulsar ESV 11+"));

    /**
     * Reads the answers to Si and Si 1.
     *
     * @param numbers model, version and level of software
     * @param words family, model and firmware; empty or "?" when the UPS has none
     */
    static Identity of(String numbers, String words) {
        if (words.isEmpty() || words.startsWith("?")) {
            String[] all = numbers.split(" +");
            String key = all.length > 1 ? all[0] + " " + all[1] : numbers;
            return new Identity("", MODELS.getOrDefault(key, UNKNOWN + " (" + key + ")"), UNKNOWN);
        }
        int last = words.lastIndexOf(' ');
        String model = last < 0 ? words : words.substring(0, last).strip();
        String firmware = last < 0 ? UNKNOWN : words.substring(last + 1);
        // The UPS cuts the name.
        if (model.startsWith("Evolutio")) model = "Evolution " + model.replaceAll("\\D", "");
        return new Identity(words, model, firmware);
    }
}
