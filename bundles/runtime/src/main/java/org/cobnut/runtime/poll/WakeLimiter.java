package org.cobnut.runtime.poll;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a poll may begin that a session asked for: at once, but not within {@link #FLOOR} of the last of that kind, so
 * that a device that chatters for ever burns no processor. Used under the runner's lock.
 */
final class WakeLimiter {
    static final Duration FLOOR = Duration.ofMillis(20);

    private final LongSupplier nanos;
    private boolean pending;
    private boolean served;
    private long servedAt;

    WakeLimiter(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Takes a wish for a poll; false when one waits already, with which this one is served. */
    boolean ask() {
        boolean first = !pending;
        pending = true;
        return first;
    }

    /** How long the wish that waits must wait still; zero for not at all. */
    Duration left() {
        if (!served) return Duration.ZERO;
        Duration left = FLOOR.minusNanos(nanos.getAsLong() - servedAt);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The sooner of a delay and of what the wish that waits, if one does, must wait still. */
    Duration sooner(Duration delay) {
        if (!pending) return delay;
        Duration left = left();
        return left.compareTo(delay) < 0 ? left : delay;
    }

    /** Whether a wish waits. */
    boolean waiting() {
        return pending;
    }

    /** A poll begins, and serves the wish that waits. */
    void polling() {
        if (!pending) return;
        pending = false;
        served = true;
        servedAt = nanos.getAsLong();
    }
}
