package org.cobnut.drivers.megatec.voltronic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.cobnut.model.Range;
import org.cobnut.model.VarType;
import org.cobnut.table.Format;
import org.cobnut.table.Known;

/** What the protocol number of a Voltronic unit, its capabilities and its ratings decide. */
final class VoltronicRules {
    static final String PROTOCOL = "ups.firmware.aux";
    static final String MODE = "mode";
    private static final String[] SIMPLE = {"P00", "P08", "P31"};
    private static final String[] NARROW = {"P02", "P03", "P10", "P13", "P14", "P99"};

    private VoltronicRules() {}

    static Predicate<Known> protocol(String... numbers) {
        return known -> known.is(PROTOCOL, numbers);
    }

    /** Units whose limits of the bypass and of the eco mode are known. */
    static boolean limited(Known known) {
        return known.has(PROTOCOL) && !known.is(PROTOCOL, SIMPLE);
    }

    static Predicate<Known> has(String name) {
        return known -> known.has(name);
    }

    /** The number behind "PI" as "P01". */
    static Optional<String> protocol(String text, Known known) {
        return Optional.of(text).filter(pi -> pi.startsWith("PI")).map(pi -> "P" + pi.substring(2));
    }

    /** A column that only units with so many phases fill. */
    static Format phase(Format as, String... protocols) {
        return (text, known) -> known.is(PROTOCOL, protocols) ? as.value(text, known) : Optional.empty();
    }

    /** The letters of what is on stand behind E, of what is off behind D; one that stands nowhere cannot be had. */
    static Format capability(char letter, String on, String off) {
        return (text, known) -> {
            int split = text.indexOf('D');
            int at = text.indexOf(letter);
            if (at < 0 || split < 0 || !text.startsWith("E")) return Optional.empty();
            return Optional.of(at < split ? on : off);
        };
    }

    static Function<String, String> switching(char letter) {
        return value -> {
            boolean on = value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("enabled");
            return (on ? "PE" : "PD") + letter;
        };
    }

    /** A choice, as long as the UPS says what it is set to. */
    static Function<Known, Optional<VarType>> choice(String name, String... choices) {
        return known -> known.has(name) ? Optional.of(VarType.choice(choices)) : Optional.empty();
    }

    static Function<Known, Optional<VarType>> range(String name, long min, long max) {
        return known -> known.has(name) ? Optional.of(VarType.number(min, max)) : Optional.empty();
    }

    static Function<Known, Optional<VarType>> range(String name, Function<Known, Optional<Range>> range) {
        return known -> known.has(name) ? range.apply(known).map(VoltronicRules::type) : Optional.empty();
    }

    /** Limits of the eco mode around the nominal output voltage. */
    static Optional<Range> ecoVoltage(Known known, boolean high) {
        if (!limited(known)) return Optional.empty();
        long near = known.is(PROTOCOL, NARROW) ? 11 : 7;
        return known.number("output.voltage.nominal")
                .map(Math::round)
                .map(volt -> high ? new Range(volt + near, volt + 24) : new Range(volt - 24, volt - near));
    }

    /** Limits of the eco mode around the nominal output frequency. */
    static Optional<Range> ecoFrequency(Known known, boolean high) {
        if (!limited(known)) return Optional.empty();
        boolean narrow = known.is(PROTOCOL, NARROW);
        return known.number("output.frequency.nominal").map(hertz -> {
            long nominal = Math.round(hertz);
            if (narrow) return high ? new Range(nominal + 2, nominal + 4) : new Range(nominal - 4, nominal - 2);
            return high ? new Range(nominal + 3, nominal + 10) : new Range(nominal - 10, nominal - 3);
        });
    }

    /** Limits of the bypass: by protocol, and by whether the mains have two hundred volts or one. */
    static Optional<Range> bypassVoltage(Known known, boolean high) {
        if (!limited(known)) return Optional.empty();
        boolean large = known.number("output.voltage.nominal").orElse(0.) >= 200;
        if (known.is(PROTOCOL, "P09")) return Optional.of(new Range(60, 140));
        if (known.is(PROTOCOL, "P99")) return Optional.of(pick(high, large, 231, 261, 149, 209, 115, 132, 50, 85));
        if (known.is(PROTOCOL, NARROW)) return Optional.of(pick(high, large, 231, 276, 110, 209, 115, 138, 55, 104));
        return Optional.of(pick(high, large, 230, 264, 170, 220, 120, 140, 85, 115));
    }

    static Optional<Range> bypassFrequency(Known known, boolean high) {
        if (!limited(known)) return Optional.empty();
        long wide = known.is(PROTOCOL, NARROW) ? 4 : 10;
        return known.number("output.frequency.nominal")
                .map(Math::round)
                .map(hertz -> high ? new Range(hertz + 1, hertz + wide) : new Range(hertz - wide, hertz - 1));
    }

    /** One end of a range, as a value of its own. */
    static Format end(Function<Known, Optional<Range>> range, boolean max) {
        return (text, known) -> range.apply(known).map(found -> Long.toString(max ? found.max() : found.min()));
    }

    static Optional<String> type(String text, Known known) {
        return switch (text) {
            case "00" -> Optional.of("offline");
            case "01" -> Optional.of("line-interactive");
            case "10" -> Optional.of("online");
            default -> Optional.empty();
        };
    }

    /** A serial number; one of zeros only is none. */
    static Optional<String> serial(String text, Known known) {
        return Optional.of(text.strip()).filter(number -> !number.matches("0*"));
    }

    /** Mode letters that are words of ups.status; line and battery are told by the status bits. */
    static List<String> modeWords(String letter) {
        return switch (letter) {
            case "S" -> List.of("OFF");
            case "Y" -> List.of("BYPASS");
            case "T" -> List.of("CAL");
            case "E" -> List.of("ECO");
            case "D" -> List.of("FSD");
            default -> List.of();
        };
    }

    static List<String> modeAlarms(String letter) {
        return switch (letter) {
            case "P" -> List.of("UPS is switching on");
            case "F" -> List.of("UPS reports a fault");
            case "D" -> List.of("UPS is shutting down");
            default -> List.of();
        };
    }

    /** Warning bits that are words of ups.status, numbered from 1. */
    static List<String> warningWords(String bits) {
        var words = new ArrayList<String>();
        if (raised(bits, 8)) words.add("LB");
        if (raised(bits, 9)) words.add("OVER");
        if (raised(bits, 56)) words.add("RB");
        return words;
    }

    static boolean raised(String bits, int number) {
        return bits.length() >= number && bits.charAt(number - 1) == '1';
    }

    private static VarType type(Range range) {
        return VarType.number(range.min(), range.max());
    }

    private static Range pick(boolean high, boolean large, long... ends) {
        int at = (large ? 0 : 4) + (high ? 0 : 2);
        return new Range(ends[at], ends[at + 1]);
    }
}
