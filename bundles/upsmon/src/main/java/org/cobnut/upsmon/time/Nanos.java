package org.cobnut.upsmon.time;

/** Times of the monotonic clock. */
public final class Nanos {
    /** A time that has not come. */
    public static final long NEVER = Long.MIN_VALUE;

    private static final long SECOND = 1_000_000_000L;

    private Nanos() {}

    public static long seconds(int seconds) {
        return seconds * SECOND;
    }

    /** Whether the first time has come and more than this many seconds lie between the two. */
    public static boolean over(long since, long now, int seconds) {
        return since != NEVER && now - since > seconds(seconds);
    }

    /** Whether the first time has come and at least this many seconds lie between the two. */
    public static boolean past(long since, long now, int seconds) {
        return since != NEVER && now - since >= seconds(seconds);
    }
}
