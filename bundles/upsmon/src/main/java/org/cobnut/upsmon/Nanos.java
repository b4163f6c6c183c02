package org.cobnut.upsmon;

/** Moments of the monotonic clock. */
final class Nanos {
    /** A moment that has not been. */
    static final long NEVER = Long.MIN_VALUE;

    private static final long SECOND = 1_000_000_000L;

    private Nanos() {}

    static long seconds(int seconds) {
        return seconds * SECOND;
    }

    /** Whether more than that many seconds lie between two moments, of which the first has been. */
    static boolean over(long since, long now, int seconds) {
        return since != NEVER && now - since > seconds(seconds);
    }

    /** Whether that many seconds lie between two moments, of which the first has been. */
    static boolean past(long since, long now, int seconds) {
        return since != NEVER && now - since >= seconds(seconds);
    }
}
