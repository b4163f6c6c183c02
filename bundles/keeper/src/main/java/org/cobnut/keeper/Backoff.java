package org.cobnut.keeper;

import java.time.Duration;

/**
 * Decides how long to wait before a process is started again: no time after a long run, longer after each short one,
 * and never so long that a device whose fault has gone would be missed.
 *
 * @param failures short runs in a row
 */
record Backoff(int failures) {
    static final Backoff NONE = new Backoff(0);

    /** A life that counts as a success. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LAST = Duration.ofSeconds(8);
    private static final int STEPS = 4;

    /** After another life, which lasted so long. */
    Backoff after(Duration life) {
        return new Backoff(life.compareTo(LONG) >= 0 ? 1 : Math.min(failures + 1, STEPS + 1));
    }

    Duration pause() {
        if (failures == 0) return Duration.ZERO;
        Duration pause = FIRST.multipliedBy(1L << (failures - 1));
        return pause.compareTo(LAST) < 0 ? pause : LAST;
    }
}
