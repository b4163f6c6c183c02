package org.cobnut.mqtt;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits until something is as it should be, for a minute at most. */
final class Waiting {
    private Waiting() {}

    static <T> T until(Supplier<T> source, Predicate<T> good) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        for (T now = source.get(); ; now = source.get()) {
            if (good.test(now)) return now;
            if (System.nanoTime() > deadline) throw new AssertionError("still " + now);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
