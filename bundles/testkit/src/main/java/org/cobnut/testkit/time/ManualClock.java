package org.cobnut.testkit.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Wall and monotonic time that move only when the test says so. Any thread. */
public final class ManualClock implements InstantSource {
    /** Where every test's wall clock begins. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong();

    @Override
    public Instant instant() {
        return START.plusNanos(nanos.get());
    }

    /** What stands in for {@link System#nanoTime}. */
    public long nanos() {
        return nanos.get();
    }

    public void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }
}
