package org.cobnut.keeper;

import java.time.Duration;

/**
 * Tells whether a running process still works: it must answer on its socket some time after its start, and regularly
 * from then on. Times are of the monotonic clock.
 *
 * @param since when it was started
 * @param heard when it answered last; no answer yet when equal to since
 */
record Liveness(long since, long heard) {
    /** For a start on a busy machine. */
    private static final long BIRTH = Duration.ofSeconds(90).toNanos();

    /** Short enough that a process that hangs is replaced, and serves, within a quarter of a minute. */
    private static final long SILENCE = Duration.ofSeconds(6).toNanos();

    static Liveness born(long now) {
        return new Liveness(now, now);
    }

    Liveness heard(long now) {
        return new Liveness(since, now);
    }

    boolean lost(long now) {
        return now - heard > (heard == since ? BIRTH : SILENCE);
    }

    Duration life(long now) {
        return Duration.ofNanos(now - since);
    }
}
