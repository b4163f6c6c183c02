package org.cobnut.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as devices write them and as NUT shows them. */
public final class Numbers {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)");

    private Numbers() {}

    /** A decimal number with blanks around it; empty for anything else ("--.-", "****"). */
    public static Optional<Double> parse(String text) {
        String bare = text.strip();
        return NUMBER.matcher(bare).matches() ? Optional.of(Double.valueOf(bare)) : Optional.empty();
    }

    /** The number that a text begins with; what stands behind it is passed over, as C's strtod does. */
    public static Optional<Double> leading(String text) {
        Matcher matcher = NUMBER.matcher(text.strip());
        return matcher.lookingAt() ? Optional.of(Double.valueOf(matcher.group())) : Optional.empty();
    }

    /** @throws IllegalArgumentException when it is no whole number of up to nine digits; said to whoever gave it */
    public static long whole(String text) {
        if (!text.matches("\\d{1,9}")) throw new IllegalArgumentException("'" + text + "' is no whole number");
        return Long.parseLong(text);
    }

    /** A number with so many decimals, rounded as C's printf does: the binary value, halves to even. */
    public static String format(double number, int decimals) {
        // Most numbers are whole, and BigDecimal costs a poll more than all else of it.
        if (number == Math.rint(number) && Math.abs(number) < 1e15 && decimals >= 0)
            return decimals == 0 ? Long.toString((long) number) : (long) number + "." + "0".repeat(decimals);
        return new BigDecimal(number).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** A whole number in at least so many digits, with zeros in front. */
    public static String digits(int width, long number) {
        return String.format(Locale.ROOT, "%0" + width + "d", number);
    }
}
