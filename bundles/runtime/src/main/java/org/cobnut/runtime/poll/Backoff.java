package org.cobnut.runtime.poll;

import java.time.Duration;

/**
 * How long to wait before a lost device is opened again: a second, then twice as long each time, up to a minute. It
 * begins anew with a device that has been well for a minute, not with the one good poll of a driver that fails at the next.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration MOST = Duration.ofMinutes(1);

    private Duration next = FIRST;

    Duration next() {
        Duration now = next;
        Duration twice = now.multipliedBy(2);
        next = twice.compareTo(MOST) > 0 ? MOST : twice;
        return now;
    }

    void reset() {
        next = FIRST;
    }
}
