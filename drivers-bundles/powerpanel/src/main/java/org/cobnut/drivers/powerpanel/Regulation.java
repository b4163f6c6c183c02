package org.cobnut.drivers.powerpanel;

import java.util.Optional;

/** Tells trimming and boosting from what goes in and comes out. Pure. */
final class Regulation {
    private static final double NOTHING = 0.5;
    private static final double LESS = 0.95;
    private static final double MORE = 1.05;
    private static final double TOO_MUCH = 1.5;

    private Regulation() {}

    /** The word of ups.status, if there is one. */
    static Optional<String> word(double input, double output) {
        if (output >= NOTHING * input && output < LESS * input) return Optional.of("TRIM");
        if (output >= MORE * input && output < TOO_MUCH * input) return Optional.of("BOOST");
        return Optional.empty();
    }
}
