package org.cobnut.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few threads for many devices. Work that takes longer than {@link #PATIENCE_MILLIS} gives its place to another
 * thread until it is done, so that quick polls share the few and slow ones hold up nobody.
 */
final class Pool implements Executor {
    static final int PLACES = 8;
    private static final long PATIENCE_MILLIS = 20;
    private static final long IDLE_SECONDS = 10;

    private final ScheduledExecutorService timers;
    private final ThreadPoolExecutor threads;
    private int slow;

    Pool(ScheduledExecutorService timers) {
        this.timers = timers;
        threads = new ThreadPoolExecutor(
                PLACES, PLACES, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), thread("cobnut-"));
        threads.setMaximumPoolSize(Integer.MAX_VALUE); // the core grows and shrinks, see slow
        threads.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(() -> {
            var place = new Place();
            try {
                work.run();
            } finally {
                place.back();
            }
        });
    }

    /** Lets what was asked for end, and takes no more. */
    void stop() {
        threads.shutdown();
    }

    int threads() {
        return threads.getPoolSize();
    }

    private synchronized void slow(int by) {
        slow += by;
        threads.setCorePoolSize(PLACES + slow);
    }

    /** What a thread occupies while it works. Made and given back by that thread. */
    private final class Place {
        private final Future<?> relief = timers.schedule(this::relieve, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        private boolean relieved;
        private boolean done;

        private synchronized void relieve() {
            if (done) return;
            relieved = true;
            slow(1);
        }

        private synchronized void back() {
            done = true;
            relief.cancel(false);
            if (relieved) slow(-1);
        }
    }

    /** Daemons that inherit nothing from whoever happened to need them, least of all a driver's class loader. */
    static ThreadFactory thread(String prefix) {
        var number = new AtomicInteger();
        return work -> {
            var thread = new Thread(null, work, prefix + number.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(Pool.class.getClassLoader());
            return thread;
        };
    }
}
