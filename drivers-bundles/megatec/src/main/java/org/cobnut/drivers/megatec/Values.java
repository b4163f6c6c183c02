package org.cobnut.drivers.megatec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.drivers.megatec.Row.As;

/** How columns are read: the formats of the tables. */
final class Values {
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d*)?|\\.\\d+");

    private Values() {}

    /** A number with so many decimals; what is no number ("--.-", "****", blanks) says nothing. */
    static As fixed(int decimals) {
        return (text, known) -> number(text).map(number -> format(number, decimals));
    }

    /** A number in another unit. */
    static As times(double factor, int decimals) {
        return (text, known) -> number(text).map(number -> format(number * factor, decimals));
    }

    /** Text without the blanks and '#' that fill it up; nothing but those says nothing. */
    static As text() {
        return (text, known) ->
                Optional.of(text.replaceAll("^[# ]+|[# ]+$", "")).filter(rest -> !rest.isEmpty());
    }

    /** A whole number, without the '#' and blanks that fill it up; anything else says nothing. */
    static As whole() {
        return (text, known) -> text().value(text, known).filter(number -> number.matches("\\d+"));
    }

    /** One of two words; what is neither 0 nor 1 says nothing. */
    static As either(String zero, String one) {
        return (text, known) -> switch (text) {
            case "0" -> Optional.of(zero);
            case "1" -> Optional.of(one);
            default -> Optional.empty();
        };
    }

    /** @throws IllegalArgumentException when it is no whole number of up to nine digits; said to whoever gave it */
    static long whole(String text) {
        if (!text.matches("\\d{1,9}")) throw new IllegalArgumentException("'" + text + "' is no whole number");
        return Long.parseLong(text);
    }

    /** The number that a text of ups.conf begins with; what stands behind it is passed over, as C's strtod does. */
    static Optional<Double> leading(String text) {
        Matcher matcher = NUMBER.matcher(text.strip());
        return matcher.lookingAt() ? Optional.of(Double.valueOf(matcher.group())) : Optional.empty();
    }

    static Optional<Double> number(String text) {
        String bare = text.strip();
        return NUMBER.matcher(bare).matches() ? Optional.of(Double.valueOf(bare)) : Optional.empty();
    }

    /** As C's printf rounds: the binary value, halves to even. */
    static String format(double number, int decimals) {
        return new BigDecimal(number).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** Digits padded with zeros from the left. */
    static String digits(int width, long number) {
        return String.format(Locale.ROOT, "%0" + width + "d", number);
    }
}
