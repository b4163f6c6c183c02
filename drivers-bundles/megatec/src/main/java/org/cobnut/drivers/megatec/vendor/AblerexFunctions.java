package org.cobnut.drivers.megatec.vendor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.drivers.megatec.dialect.MegatecFunctions;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.Words;

/** Ablerex units, some of whose answers hold bytes, the highest first. */
final class AblerexFunctions {
    private static final String NOMINAL = "battery.voltage.nominal";

    /** Less than this is the voltage of one cell. */
    private static final double CELL = 3;

    /** In thousandths of what a battery of 12 V has in hundredths. */
    private static final double SHARE = 1200;

    /** Percent for volts of a cell from 2.22 V downwards, in steps of 0.01. */
    private static final int[] CELL_CHARGE = {
        100, 90, 88, 87, 85, 83, 82, 80, 78, 77, 75, 73, 72, 70, 68, 65, 65, 62, 62, 58, 58, 55, 55, 53, 52, 50, 48, 47,
        45, 43, 42, 40, 38, 37, 35, 33, 32, 30, 28, 27, 25, 23, 22, 20, 18, 17, 15, 13, 12, 10, 8, 7, 5, 3, 2
    };

    /** Percent for volts of a battery of 12 V: 13.5, and from 13.3 V downwards in steps of 0.1. */
    private static final int[] BATTERY_CHARGE = {
        90, 88, 86, 83, 80, 77, 74, 72, 69, 66, 63, 61, 58, 55, 52, 49, 47, 44, 41, 38, 36, 33, 30, 27, 24, 22, 19, 16,
        13, 11, 8, 5, 2
    };

    static final Map<String, Format> FORMATS = Map.of(
            "bytes", AblerexFunctions::bytes,
            "ablerex-voltage", AblerexFunctions::voltage,
            "ablerex-charge", AblerexFunctions::charge,
            "ablerex-low", (raw, known) -> bound(known, known.number("vbc").orElse(960.)),
            "ablerex-high", (raw, known) -> bound(known, 1365));

    static final Map<String, Words> WORDS = Map.of("ablerex-state", AblerexFunctions::state);

    private AblerexFunctions() {}

    /** Up to four bytes as a number. */
    private static Optional<String> bytes(String raw, Known known) {
        if (raw.isEmpty() || raw.length() > Integer.BYTES) return Optional.empty();
        long number = 0;
        for (int i = 0; i < raw.length(); i++) number = (number << 8) | (raw.charAt(i) & 0xff);
        return Optional.of(Long.toString(number));
    }

    private static Optional<String> voltage(String raw, Known known) {
        Optional<Double> nominal = known.number(NOMINAL);
        Optional<Double> measured = known.number("vb").filter(share -> share > 0);
        if (nominal.isPresent() && measured.isPresent()) return bound(known, measured.get());
        return Numbers.parse(raw)
                .flatMap(volts -> volts >= CELL ? Optional.of(volts) : nominal.map(all -> volts * all / 2))
                .map(volts -> Numbers.format(volts, 2));
    }

    private static Optional<String> bound(Known known, double share) {
        return known.number(NOMINAL).map(nominal -> Numbers.format(share * nominal / SHARE, 2));
    }

    private static Optional<String> charge(String raw, Known known) {
        Optional<Double> nominal = known.number(NOMINAL).filter(volts -> volts > 0);
        if (nominal.isEmpty()) return Optional.empty();
        return Numbers.parse(raw)
                .map(volts -> Integer.toString(
                        volts < CELL
                                ? percent(CELL_CHARGE, (2.22 - volts) / 0.01)
                                : volts * 12 / nominal.get() >= 13.5
                                        ? 100
                                        : percent(BATTERY_CHARGE, (13.3 - volts * 12 / nominal.get()) / 0.1)));
    }

    /** The percent of the first voltage in the table that is not above this one. */
    private static int percent(int[] table, double steps) {
        int index = Math.max(0, (int) Math.ceil(steps - 1e-6));
        return index < table.length ? table[index] : 0;
    }

    /** Regulation for line-interactive units, bypass for others; a battery that is bad; and an output without voltage. */
    private static List<String> state(String raw) throws UnfitAnswerException {
        var words = new ArrayList<String>();
        boolean standby = raw.length() > 41 && raw.charAt(41) == '1';
        List<String> regulation = MegatecFunctions.regulation(raw);
        if (raw.length() > 39 && raw.charAt(39) == '1') words.addAll(standby ? regulation : List.of("BYPASS"));
        if (raw.length() > 40 && raw.charAt(40) == '1') words.add("RB");
        if (Numbers.parse(raw.substring(12, 17)).filter(volts -> volts < 50).isPresent()) words.add("OFF");
        return words;
    }
}
