package org.cobnut.drivers.megatec.vendor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.table.Format;
import org.cobnut.table.Row.Argument;
import org.cobnut.table.Words;

/** Axpert inverters. */
final class AxpertFunctions {
    /** The bits of QPIWS from the first on; an empty text is a bit without a known meaning. */
    private static final List<String> WARNINGS = List.of(
            "fault",
            "correction of measurements under way",
            "external flash failure",
            "PV input lost",
            "PV input voltage low",
            "islanding",
            "CPU initialization failure",
            "mains voltage too high",
            "mains voltage too low",
            "mains frequency too high",
            "mains frequency too low",
            "mains average voltage too high",
            "power wanted from the mains",
            "emergency disconnection from the mains",
            "battery voltage too low",
            "battery low",
            "battery disconnected",
            "battery discharged",
            "overload",
            "emergency power off active",
            "",
            "",
            "over temperature",
            "no earth",
            "fan failure");

    private static final int LOW = 15;
    private static final int OVERLOAD = 18;

    static final Map<String, Format> FORMATS = Map.of(
            "axpert-protocol", (raw, known) -> Optional.of(raw).map(text -> text.replaceFirst("^PI", "P")),
            "axpert-energysave", flag('j', "yes", "no"),
            "axpert-beeper", flag('a', "enabled", "disabled"));

    static final Map<String, Words> WORDS =
            Map.of("axpert-status", AxpertFunctions::status, "axpert-warnings", AxpertFunctions::warnings);

    static final Map<String, Argument> ARGUMENTS =
            Map.of("axpert-energysave", (text, known) -> text.equals("yes") ? "PEJ" : "PDJ");

    private AxpertFunctions() {}

    /** What is on stands behind E, what is off behind D. */
    private static Format flag(char letter, String on, String off) {
        return (raw, known) -> {
            int split = raw.indexOf('D');
            int at = raw.indexOf(letter);
            return at < 0 || split < 0 ? Optional.empty() : Optional.of(at < split ? on : off);
        };
    }

    private static List<String> status(String bits) {
        var words = new ArrayList<String>();
        if (raised(bits, LOW)) words.add("LB");
        if (raised(bits, OVERLOAD)) words.add("OVER");
        return words;
    }

    private static List<String> warnings(String bits) {
        var sentences = new ArrayList<String>();
        for (int bit = 0; bit < bits.length(); bit++) {
            if (!raised(bits, bit)) continue;
            String text = bit < WARNINGS.size() ? WARNINGS.get(bit) : "";
            sentences.add(text.isEmpty() ? "inverter warning " + (bit + 1) : "inverter warning: " + text);
        }
        return sentences;
    }

    private static boolean raised(String bits, int bit) {
        return bits.length() > bit && bits.charAt(bit) == '1';
    }
}
