package org.cobnut.drivers.sim;

import java.util.Arrays;
import java.util.Optional;

/** Where a device comes from, by the name that {@code mode} takes and driver.parameter.mode shows. */
enum Mode {
    /** A loop, as it was called before there were two. */
    DUMMY("dummy"),
    /** A file, played once and again when it was edited. */
    ONCE("dummy-once"),
    /** A file, played over and over. */
    LOOP("dummy-loop"),
    /** A device of another server. */
    REPEATER("repeater");

    final String word;

    Mode(String word) {
        this.word = word;
    }

    /** The mode that is asked for, else the one that the port looks like (dummy-ups(8), "IMPLEMENTATION"). */
    static Mode of(Optional<String> asked, String port) {
        return asked.map(Mode::named).orElseGet(() -> guess(port));
    }

    private static Mode named(String word) {
        return Arrays.stream(values())
                .filter(mode -> mode.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown mode '" + word + "'"));
    }

    private static Mode guess(String port) {
        if (port.indexOf('@') >= 0) return REPEATER;
        if (port.endsWith(".dev")) return ONCE;
        return port.endsWith(".seq") ? LOOP : DUMMY;
    }
}
