package org.cobnut.drivers.virtual;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as variables hold them. */
final class Numbers {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,15}(\\.\\d{0,9})?");

    private Numbers() {}

    static Optional<Double> read(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(Double.valueOf(text)) : Optional.empty();
    }

    /** The number that a text of ups.conf begins with; what stands behind it is passed over, as C's strtod does. */
    static Optional<Double> leading(String text) {
        Matcher matcher = NUMBER.matcher(text.strip());
        return matcher.lookingAt() ? Optional.of(Double.valueOf(matcher.group())) : Optional.empty();
    }

    /** Without a fraction that says nothing. */
    static String show(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
