package org.cobnut.runtime.call;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * How long may be waited in all for many things that end at the same time. What waits use up comes back once nobody has
 * waited for a while. Any thread.
 */
public final class WaitBudget {
    private static final Duration WHOLE = Duration.ofSeconds(2);
    private static final Duration RENEWED = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private long spent;
    private long lastWait;

    /**
     * A budget that nothing is spent of.
     *
     * @param nanos the monotonic clock
     */
    public WaitBudget(LongSupplier nanos) {
        this.nanos = nanos;
        lastWait = nanos.getAsLong() - RENEWED.toNanos();
    }

    /**
     * Waits for one of them for as long as is left.
     *
     * @throws TimeoutException when it has not ended by then
     */
    public void await(Future<?> end) throws InterruptedException, ExecutionException, TimeoutException {
        long left = left();
        long began = nanos.getAsLong();
        try {
            end.get(left, TimeUnit.NANOSECONDS);
        } finally {
            spend(began);
        }
    }

    private synchronized long left() {
        if (nanos.getAsLong() - lastWait > RENEWED.toNanos()) spent = 0;
        return Math.max(0, WHOLE.toNanos() - spent);
    }

    private synchronized void spend(long began) {
        lastWait = nanos.getAsLong();
        spent += lastWait - began;
    }
}
