package org.cobnut.webconsole;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Counts wrong passwords by source over a minute. Thread-safe. */
final class GuessLimiter {
    /** Wrong passwords a minute that are looked at. */
    static final int MOST = 10;

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final int SOURCES = 1000;

    private final LongSupplier clock;
    private final Map<String, Deque<Long>> guesses = new HashMap<>();

    /** @param clock a monotonic one, in nanoseconds */
    GuessLimiter(LongSupplier clock) {
        this.clock = clock;
    }

    /** Seconds until a source may try again; 0 when it may now. */
    synchronized long wait(String source) {
        var times = recent(source);
        return times.size() < MOST
                ? 0
                : TimeUnit.NANOSECONDS.toSeconds(times.getFirst() + MINUTE - clock.getAsLong()) + 1;
    }

    /** Counts a wrong one; how many that makes within the minute. */
    synchronized int wrong(String source) {
        if (guesses.size() >= SOURCES)
            guesses.keySet().removeIf(other -> recent(other).isEmpty());
        var times = recent(source);
        times.addLast(clock.getAsLong());
        guesses.put(source, times);
        return times.size();
    }

    private Deque<Long> recent(String source) {
        var times = guesses.getOrDefault(source, new ArrayDeque<>());
        while (!times.isEmpty() && clock.getAsLong() - times.getFirst() >= MINUTE) times.removeFirst();
        return times;
    }
}
