package org.cobnut.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few threads for many quick devices, and for each slow one a thread of its own while it is called. Who turns out to
 * be slow in a quick one's place gives that place to another thread until it is done, so that nobody is held up.
 */
final class Pool implements Executor {
    static final int PLACES = 8;
    private static final long PATIENCE_MILLIS = 100;

    /** Longer than a device's usual interval times the places: each thread in its turn finds work before that. */
    private static final long IDLE_SECONDS = 30;

    private final ScheduledExecutorService timers;
    private final ThreadPoolExecutor threads;
    private final ThreadPoolExecutor own;
    private int slow;

    Pool(ScheduledExecutorService timers) {
        this.timers = timers;
        threads = new ThreadPoolExecutor(
                PLACES, PLACES, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), thread("cobnut-"));
        threads.setMaximumPoolSize(Integer.MAX_VALUE); // the core grows and shrinks, see slow
        own = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), thread("cobnut-own-"));
        own.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
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

    /** Where to run what is known to take its time. */
    Executor own() {
        return own;
    }

    /** Lets what was asked for end, and takes no more. */
    void stop() {
        threads.shutdown();
        own.shutdown();
    }

    int threads() {
        return threads.getPoolSize() + own.getPoolSize();
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
