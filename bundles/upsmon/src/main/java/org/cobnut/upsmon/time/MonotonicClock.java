package org.cobnut.upsmon.time;

import java.util.function.LongSupplier;

/** A clock that never goes back, even if the clock below it does: it adds up the steps forward. */
public final class MonotonicClock implements LongSupplier {
    private final LongSupplier nanos;
    private long last;
    private long sum;

    public MonotonicClock(LongSupplier nanos) {
        this.nanos = nanos;
        this.last = nanos.getAsLong();
    }

    @Override
    public synchronized long getAsLong() {
        long now = nanos.getAsLong();
        long step = now - last;
        last = now;
        if (step > 0) sum += step;
        return sum;
    }
}
