package org.cobnut.runtime.device;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.cobnut.runtime.call.DriverCall;
import org.cobnut.runtime.call.DriverThreadPool;
import org.cobnut.runtime.call.HeapWatchdog;
import org.cobnut.runtime.call.RunnerContext;
import org.cobnut.runtime.call.StallWatchdog;
import org.cobnut.runtime.call.WaitBudget;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The threads and timers that all devices of this runtime share. */
@Component(service = DriverThreads.class)
public final class DriverThreads {
    /** Java's beans for memory take a while to load, and a cold start has better things to do. */
    private static final Duration HEAP_AFTER = Duration.ofSeconds(2);

    private final ScheduledThreadPoolExecutor timers;
    private final DriverThreadPool pool;
    private final StallWatchdog watch = new StallWatchdog();
    private final Set<DriverCall<?>> running = ConcurrentHashMap.newKeySet();
    private final HeapWatchdog heap = new HeapWatchdog(running);
    private final Set<Device> devices = ConcurrentHashMap.newKeySet();
    private final WaitBudget closing = new WaitBudget(System::nanoTime);

    @Activate
    public DriverThreads() {
        timers = new ScheduledThreadPoolExecutor(1, DriverThreadPool.thread("cobnut-timer-"));
        timers.setRemoveOnCancelPolicy(true);
        timers.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        timers.prestartCoreThread(); // here and now, so that it inherits from nobody who comes with a driver
        pool = new DriverThreadPool(timers);
        watch.start();
        timers.schedule(() -> pool.own().execute(heap::start), HEAP_AFTER.toSeconds(), TimeUnit.SECONDS);
    }

    /** Devices are gone by now; what they still close is let end, what never ends are daemons. */
    @Deactivate
    void stop() {
        watch.stop();
        heap.stop();
        pool.stop();
        timers.shutdownNow();
    }

    RunnerContext engine() {
        return new RunnerContext(
                pool,
                pool.own(),
                pool.hung(),
                pool::lost,
                timers,
                watch,
                running,
                InstantSource.system(),
                System::nanoTime);
    }

    /** Every device that runs on these, and lets go together with the others of what they share. */
    Set<Device> devices() {
        return devices;
    }

    /** How long may be waited for sessions that close. */
    WaitBudget closing() {
        return closing;
    }

    /** How many threads there are, timers left out. */
    int threads() {
        return pool.threads();
    }
}
