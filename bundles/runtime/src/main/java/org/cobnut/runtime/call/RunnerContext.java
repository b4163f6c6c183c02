package org.cobnut.runtime.call;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * The threads and clocks that all devices share.
 *
 * @param threads where quick drivers are called and listeners told
 * @param own where slow drivers are called
 * @param hung where drivers are called whose last call was overdue
 * @param lost hears of each thread that did not come back (1), and of each that did after all (-1)
 * @param timers for what is short and never blocks
 * @param watch sets going again what stands still
 * @param running the calls that have a thread now; of many threads
 * @param wall time for people
 * @param nanos time for deadlines
 */
public record RunnerContext(
        Executor threads,
        Executor own,
        Executor hung,
        IntConsumer lost,
        ScheduledExecutorService timers,
        StallWatchdog watch,
        Set<DriverCall<?>> running,
        InstantSource wall,
        LongSupplier nanos) {
    /** Runs a task later, on the thread of the timers. */
    public Future<?> after(Duration delay, Runnable task) {
        return timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
