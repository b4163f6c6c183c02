package org.cobnut.upsmon;

import java.util.function.LongSupplier;

/** A monotonic clock that stays one even where somebody turns the machine's back: it adds up what went forward. */
final class Stopwatch implements LongSupplier {
    private final LongSupplier nanos;
    private long last;
    private long sum;

    Stopwatch(LongSupplier nanos) {
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
