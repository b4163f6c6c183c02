package org.cobnut.drivers.megatec.vendor;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.cobnut.drivers.megatec.dialect.MegatecFunctions;
import org.cobnut.table.Format;
import org.cobnut.table.Numbers;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.Words;

/** The hexadecimal groups of Voltronic's QS answer. */
final class HexFunctions {
    private static final int RADIX = 16;

    static final Map<String, Format> FORMATS = Map.of(
            "hex", of(1, 0, groups -> groups[0]),
            "hex-voltage", of(2, 1, HexFunctions::volts),
            "hex-frequency", of(2, 1, groups -> Math.min(99.9, (double) groups[1] / groups[0])),
            "hex-battery", of(2, 2, groups -> groups[0] * groups[1] / 510.0));

    static final Map<String, Words> WORDS = Map.of("hex-regulation", HexFunctions::regulation);

    private HexFunctions() {}

    private static double volts(long[] groups) {
        long scaled = groups[0] * groups[1] / 51; // the quotient is cut
        return scaled / 256.0;
    }

    /** What the bit for "bypass, boost or buck" means, told from both voltages. */
    private static List<String> regulation(String raw) throws UnfitAnswerException {
        if (raw.length() < 40) throw new UnfitAnswerException("'" + raw + "' is too short");
        return MegatecFunctions.regulation(
                numbers(raw.substring(0, 7)).map(HexFunctions::volts).orElse(0.),
                numbers(raw.substring(8, 15)).map(HexFunctions::volts).orElse(0.),
                raw.charAt(39));
    }

    /** A number from so many groups, with so many decimals. */
    private static Format of(int count, int decimals, ToDoubleFunction<long[]> formula) {
        return (raw, known) -> numbers(raw)
                .filter(groups -> groups.length == count)
                .map(formula::applyAsDouble)
                .filter(Double::isFinite)
                .map(number -> Numbers.format(number, decimals));
    }

    private static Optional<long[]> numbers(String raw) {
        String[] words = raw.strip().split(" ", -1);
        return Arrays.stream(words).allMatch(word -> word.matches("[0-9A-F]{1,8}"))
                ? Optional.of(Arrays.stream(words)
                        .mapToLong(word -> Long.parseLong(word, RADIX))
                        .toArray())
                : Optional.empty();
    }
}
