package org.cobnut.notify.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does. */
final class Await {
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(10);

    private Await() {}

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + LONGEST;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) throw new AssertionError("it did not come about within 10 s");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
