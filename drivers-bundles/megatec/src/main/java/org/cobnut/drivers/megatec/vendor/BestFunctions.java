package org.cobnut.drivers.megatec.vendor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.drivers.megatec.dialect.MegatecFunctions;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row.Argument;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.Words;

/** Best Power and Sola units (bestups). */
final class BestFunctions {
    /** Volts by the answer to M: least, boost, nominal, trim, most. */
    private static final int[][] LOW_VOLTAGE = {
        {96, 109, 120, 130, 146},
        {96, 109, 120, 138, 156},
        {90, 104, 120, 130, 146},
        {90, 104, 120, 138, 156},
        {90, 104, 110, 120, 130},
        {90, 104, 110, 130, 146},
        {90, 96, 110, 120, 130},
        {90, 96, 110, 130, 146},
        {96, 109, 128, 146, 156},
        {90, 104, 128, 146, 156}
    };

    private static final int[][] HIGH_VOLTAGE = {
        {200, 222, 240, 250, 284},
        {200, 222, 240, 264, 290},
        {188, 210, 240, 250, 284},
        {188, 210, 240, 264, 290},
        {188, 210, 230, 244, 270},
        {188, 210, 230, 250, 284},
        {180, 200, 230, 244, 270},
        {180, 200, 230, 250, 284},
        {165, 188, 208, 222, 244},
        {165, 188, 208, 244, 270}
    };

    /** Mains above this are of the second kind. */
    private static final double DIVIDE = 160;

    static final Map<String, Format> FORMATS = Map.ofEntries(
            Map.entry("best-power", part(1)),
            Map.entry("best-input", part(2)),
            Map.entry("best-output", part(3)),
            Map.entry("best-empty", part(4)),
            Map.entry("best-full", part(5)),
            Map.entry("best-low", volts(0)),
            Map.entry("best-boost", volts(1)),
            Map.entry("best-nominal", volts(2)),
            Map.entry("best-trim", volts(3)),
            Map.entry("best-high", volts(4)),
            Map.entry("best-packs", Format.fixed(0)),
            Map.entry("best-pins", Format.fixed(0)));

    static final Map<String, Words> WORDS = Map.of(
            "best-regulation", raw -> regulation(raw, false),
            "best-regulation-inverted", raw -> regulation(raw, true));

    static final Map<String, Argument> ARGUMENTS = Map.of(
            "best-packs", (text, known) -> "BP" + Numbers.whole(text),
            "best-pins", (text, known) -> "SS" + Numbers.whole(text));

    private BestFunctions() {}

    private static Format volts(int column) {
        return (raw, known) -> Optional.of(raw.strip())
                .filter(text -> text.matches("\\d"))
                .flatMap(text -> nominal(known)
                        .map(mains -> (mains > DIVIDE ? HIGH_VOLTAGE : LOW_VOLTAGE)[Integer.parseInt(text)][column]))
                .map(String::valueOf);
    }

    private static Optional<Double> nominal(Known known) {
        return known.number("input.voltage.nominal").or(() -> known.number("output.voltage.nominal"));
    }

    /** A part of the answer to ID, whose widths differ from unit to unit. */
    private static Format part(int number) {
        return (raw, known) -> {
            String[] parts = raw.split(",", -1);
            return parts.length > number ? Optional.of(parts[number]) : Optional.empty();
        };
    }

    /**
     * The bit for "bypass, boost or buck", which means nothing on battery, in a test and before a shutdown, and which some
     * models send the other way round.
     */
    private static List<String> regulation(String raw, boolean inverted) throws UnfitAnswerException {
        boolean quiet = raw.length() > 43 && raw.charAt(37) == '0' && raw.charAt(42) == '0' && raw.charAt(43) == '0';
        if (!quiet) return List.of();
        char bit = raw.charAt(39);
        char meant = !inverted ? bit : bit == '0' ? '1' : bit == '1' ? '0' : bit;
        return MegatecFunctions.regulation(raw.substring(0, 39) + meant);
    }
}
