package org.cobnut.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** When devices were polled, as those who are asked hear it. */
final class PollTimes {
    /** Requests that come closer than this to each other belong to one poll. */
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Map<String, List<Long>> times = new ConcurrentHashMap<>();

    /** A request came to this device. */
    void asked(String device) {
        long now = System.nanoTime();
        List<Long> polls = times.computeIfAbsent(device, key -> Collections.synchronizedList(new ArrayList<>()));
        if (polls.isEmpty() || now - polls.get(polls.size() - 1) > POLL_NANOS) polls.add(now);
    }

    void clear() {
        times.clear();
    }

    int devices() {
        return times.size();
    }

    /** How late polls were. */
    record Lateness(int polls, long millisInTheMedian, long millisIn99Of100, long millisAtMost) {
        @Override
        public String toString() {
            return "%d polls, late by %d ms in the median, %d ms in 99 of 100, %d ms at most"
                    .formatted(polls, millisInTheMedian, millisIn99Of100, millisAtMost);
        }
    }

    /** How much later each poll came than this long after the one before; a device that is not polled any more counts, too. */
    Lateness lateness(Duration period) {
        var late = new ArrayList<Long>();
        int[] polls = {0};
        long now = System.nanoTime();
        times.values().forEach(each -> {
            List<Long> copy = List.copyOf(each);
            polls[0] += copy.size();
            for (int i = 1; i < copy.size(); i++) late.add(over(copy.get(i) - copy.get(i - 1), period));
            if (!copy.isEmpty()) late.add(over(now - copy.get(copy.size() - 1), period));
        });
        Collections.sort(late);
        return new Lateness(
                polls[0], late.get(late.size() / 2), late.get(late.size() * 99 / 100), late.get(late.size() - 1));
    }

    private static long over(long nanos, Duration period) {
        return Math.max(0, nanos - period.toNanos()) / 1_000_000;
    }
}
