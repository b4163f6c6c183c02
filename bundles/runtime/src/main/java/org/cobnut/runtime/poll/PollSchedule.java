package org.cobnut.runtime.poll;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.cobnut.driver.Due;

/**
 * Which poll of a device is due: keeps pollinterval from the start of one regular poll to the next, and pollfreq between
 * two full ones. Polls that were asked for move neither. Used under the runner's lock.
 */
final class PollSchedule {
    private final LongSupplier nanos;
    private Duration interval;
    private Duration pollfreq = Duration.ZERO;
    private boolean regularDue;
    private boolean eventDue;
    /** Whether the next regular poll is full however soon it comes. */
    private boolean fullNext;

    private long polledAt;
    private long nextAt;
    private long fullAt;

    PollSchedule(Duration interval, LongSupplier nanos) {
        this.interval = interval;
        this.nanos = nanos;
    }

    /**
     * A session was opened: its first poll is due, and full.
     *
     * @param full time between two full polls; zero when every regular poll is one
     */
    void begin(Duration full) {
        pollfreq = full;
        fullDue();
    }

    void interval(Duration now) {
        interval = now;
        nextAt = polledAt + interval.toNanos();
    }

    /** A regular poll is due now. */
    void regularDue() {
        regularDue = true;
    }

    /** A full poll is due now: what was set or run shows soon. */
    void fullDue() {
        regularDue = true;
        fullNext = true;
    }

    /** A poll is due because somebody asked for it. */
    void eventDue() {
        eventDue = true;
    }

    boolean due() {
        return regularDue || eventDue;
    }

    /** Nothing is due any more: the session is no longer trusted. */
    void clear() {
        regularDue = false;
        eventDue = false;
    }

    /** A poll begins; says which. */
    Due take() {
        Due due = next();
        if (due != Due.EVENT) {
            polledAt = nanos.getAsLong();
            nextAt = polledAt + interval.toNanos();
        }
        clear();
        return due;
    }

    /**
     * It ended well.
     *
     * @param again after how long it wants the next regular poll, if it has a wish; one that was asked for only sooner
     */
    void done(Due due, Optional<Duration> again) {
        if (again.isPresent()) {
            long wish = nanos.getAsLong() + again.get().toNanos();
            nextAt = due == Due.EVENT && nextAt - wish < 0 ? nextAt : wish;
        }
        if (due != Due.FULL) return;
        fullNext = false;
        fullAt = polledAt;
    }

    /** It failed: what it did not read is still to be read. */
    void failed(Due due) {
        fullNext |= due == Due.FULL;
    }

    /** Time until the next regular poll; never so short that a session could burn a processor. */
    Duration untilNext() {
        Duration left = Duration.ofNanos(nextAt - nanos.getAsLong());
        return left.compareTo(WakeLimiter.FLOOR) < 0 ? WakeLimiter.FLOOR : left;
    }

    /** Whether the time of the next regular poll has come. */
    boolean regularWanted() {
        return nextAt - nanos.getAsLong() <= 0;
    }

    private Due next() {
        if (!regularDue) return Due.EVENT;
        boolean full = fullNext || nanos.getAsLong() - fullAt >= pollfreq.toNanos();
        return full ? Due.FULL : Due.QUICK;
    }
}
