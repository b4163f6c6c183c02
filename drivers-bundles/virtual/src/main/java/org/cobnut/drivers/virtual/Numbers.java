package org.cobnut.drivers.virtual;

import java.math.BigDecimal;
import java.util.Optional;

/** Numbers as variables hold them. */
final class Numbers {
    private Numbers() {}

    static Optional<Double> read(String text) {
        return text.matches("[+-]?\\d{1,15}(\\.\\d{0,9})?") ? Optional.of(Double.valueOf(text)) : Optional.empty();
    }

    /** Without a fraction that says nothing. */
    static String show(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
