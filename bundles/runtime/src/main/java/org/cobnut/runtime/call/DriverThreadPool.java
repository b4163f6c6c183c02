package org.cobnut.runtime.call;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads for many quick devices, and for each slow one a thread of its own while it is called, up to a bound.
 * Who turns out to be slow in a quick one's place gives that place to another thread until it is done, so that nobody
 * is held up. Devices whose last call was overdue keep to themselves: they may fill their bound for long.
 */
public final class DriverThreadPool implements Executor {
    public static final int PLACES = 8;

    /** Slow calls at a time, and as many again of devices that hung; each has a thread meanwhile. */
    public static final int MOST_SLOW = 256;

    /** Threads that at most take the places of those that turned out to be slow; they wait for one deadline only. */
    static final int MOST_RELIEVED = 1024;

    private static final long PATIENCE_MILLIS = 100;

    /** Longer than a device's usual interval times the places: each thread in its turn finds work before that. */
    private static final long IDLE_SECONDS = 30;

    private static final Logger log = LoggerFactory.getLogger(DriverThreadPool.class);

    private final ScheduledExecutorService timers;
    private final ThreadPoolExecutor threads;
    private final ThreadPoolExecutor many;
    private final BoundedExecutor own;
    private final BoundedExecutor hung;
    private int slow;

    /**
     * Starts no thread before there is work.
     *
     * @param timers notices calls that turn out to be slow
     */
    public DriverThreadPool(ScheduledExecutorService timers) {
        this.timers = timers;
        threads = new ThreadPoolExecutor(
                PLACES, PLACES, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), thread("cobnut-"));
        many = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), thread("cobnut-own-"));
        many.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        own = new BoundedExecutor("slow devices", MOST_SLOW, many, System::nanoTime);
        hung = new BoundedExecutor("devices that hung", MOST_SLOW, many, System::nanoTime);
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
    public Executor own() {
        return own;
    }

    /** Where to run what was overdue the last time. */
    public Executor hung() {
        return hung;
    }

    /** Threads did not come back from a driver, or did after all. */
    public void lost(int change) {
        own.lost(change);
        hung.lost(change);
    }

    /** Lets what was asked for end, and takes no more. */
    public void stop() {
        threads.shutdown();
        many.shutdown();
    }

    /** Returns how many threads there are. */
    public int threads() {
        return threads.getPoolSize() + many.getPoolSize();
    }

    /** The pool grows and shrinks by this. A thread too many ends at once, for all take turns, so that none would be idle for long. */
    private synchronized void slow(int by) {
        slow += by;
        int size = PLACES + Math.min(slow, MOST_RELIEVED);
        if (by > 0) threads.setMaximumPoolSize(size);
        threads.setCorePoolSize(size);
        if (by < 0) threads.setMaximumPoolSize(size);
        if (by > 0 && slow == MOST_RELIEVED)
            log.warn("{} devices turned out to be slow at once; others wait for them until their time is up", slow);
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
    public static ThreadFactory thread(String prefix) {
        var number = new AtomicInteger();
        return work -> {
            var thread = new Thread(null, work, prefix + number.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(DriverThreadPool.class.getClassLoader());
            return thread;
        };
    }
}
