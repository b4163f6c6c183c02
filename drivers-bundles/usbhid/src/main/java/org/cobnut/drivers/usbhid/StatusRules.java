package org.cobnut.drivers.usbhid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.table.Known;

/**
 * What the flags of a device mean together. A flag is a value of the mapping without a dot in its name, 1 or 0, absent when
 * the device does not tell it; of several, told apart by -2, -3, -4 behind the name, one that is set counts. Pure.
 */
final class StatusRules {
    /** Words that follow from one flag alone. */
    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    /** Sentences that follow from one flag alone. */
    private static final Map<String, String> SENTENCES = new LinkedHashMap<>();

    /** Values that a flag may come from. */
    private static final int MOST_SOURCES = 4;

    /** Any of these is a low battery. */
    private static final List<String> LOW = List.of("lowbatt", "timelimitexp", "shutdownimm");

    static {
        WORDS.put("overload", "OVER");
        WORDS.put("replacebatt", "RB");
        WORDS.put("trim", "TRIM");
        WORDS.put("boost", "BOOST");
        WORDS.put("bypassauto", "BYPASS");
        WORDS.put("bypassman", "BYPASS");
        WORDS.put("off", "OFF");
        WORDS.put("cal", "CAL");
        WORDS.put("ecomode", "ECO");
        SENTENCES.put("replacebatt", "Replace battery!");
        SENTENCES.put("shutdownimm", "Shutdown imminent!");
        SENTENCES.put("fanfail", "Fan failure!");
        SENTENCES.put("nobattery", "No battery installed!");
        SENTENCES.put("battvoltlo", "Battery voltage too low!");
        SENTENCES.put("battvolthi", "Battery voltage too high!");
        SENTENCES.put("chargerfail", "Battery charger fail!");
        SENTENCES.put("overheat", "Temperature too high!");
        SENTENCES.put("commfault", "Internal UPS fault!");
        SENTENCES.put("awaitingpower", "Awaiting power!");
        SENTENCES.put("bypassauto", "Automatic bypass mode!");
        SENTENCES.put("bypassman", "Manual bypass mode!");
    }

    private StatusRules() {}

    /**
     * Status words, each with the flag that it comes from.
     *
     * @param low whether a low battery counts already, where it is told
     */
    static Map<String, String> words(Known known, Config.Rules rules, boolean low) {
        var words = new LinkedHashMap<String, String>();
        line(known, rules).ifPresent(word -> words.put(word, known.has("online") ? "online" : "dischrg"));
        if (set(known, "dischrg") && !set(known, "depleted")) words.put("DISCHRG", "dischrg");
        if (set(known, "chrg") && !set(known, "fullycharged")) words.put("CHRG", "chrg");
        if (low) lowFlag(known).ifPresent(flag -> words.put("LB", flag));
        WORDS.forEach((flag, word) -> {
            if (set(known, flag)) words.putIfAbsent(word, flag);
        });
        if (contradicts(known) && rules.dischargeIsCalibration()) words.putIfAbsent("CAL", "dischrg");
        return words;
    }

    /** Mains or battery; nothing when the device tells neither, for a wrong guess shuts a machine down. */
    private static Optional<String> line(Known known, Config.Rules rules) {
        if (contradicts(known)) return Optional.of(rules.dischargeIsBattery() ? "OB" : "OL");
        if (set(known, "online")) return Optional.of("OL");
        return known.has("online") || set(known, "dischrg") ? Optional.of("OB") : Optional.empty();
    }

    /** Whether it discharges its battery though the line is on, as many do in a test of it. */
    static boolean contradicts(Known known) {
        return set(known, "online") && set(known, "dischrg");
    }

    /** The flag that tells a low battery. */
    static Optional<String> lowFlag(Known known) {
        return LOW.stream().filter(flag -> set(known, flag)).findFirst();
    }

    /** Sentences of ups.alarm. */
    static List<String> alarms(Known known) {
        var alarms = new ArrayList<String>();
        SENTENCES.forEach((flag, sentence) -> {
            if (set(known, flag)) alarms.add(sentence);
        });
        return alarms;
    }

    /** Why the UPS left the mains, for input.transfer.reason. */
    static Optional<String> transferReason(Known known) {
        if (set(known, "vrange")) return Optional.of("input voltage out of range");
        return set(known, "frange") ? Optional.of("input frequency out of range") : Optional.empty();
    }

    /** Whether a flag is set, or another of the same meaning: "overload-2" is one of "overload". */
    static boolean set(Known known, String flag) {
        if (known.is(flag, "1")) return true;
        for (int i = 2; i <= MOST_SOURCES; i++) if (known.is(flag + "-" + i, "1")) return true;
        return false;
    }
}
