package org.cobnut.testkit.time;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler whose time the test moves: what falls due runs on the test's own thread, in order, while
 * {@link #advance} moves the clock. What is executed without a delay runs at once on the caller's thread.
 */
public final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final ManualClock clock;
    private final PriorityQueue<Timer<?>> timers = new PriorityQueue<>(
            Comparator.<Timer<?>>comparingLong(timer -> timer.due).thenComparingLong(t -> t.number));
    private long numbers;
    private volatile boolean shutdown;

    public ManualScheduler(ManualClock clock) {
        this.clock = clock;
    }

    /** Moves time on, stopping at each timer that falls due on the way. */
    public void advance(Duration by) {
        long end = clock.nanos() + by.toNanos();
        for (Timer<?> next = due(end); next != null; next = due(end)) {
            clock.advance(Duration.ofNanos(Math.max(0, next.due - clock.nanos())));
            next.run();
        }
        clock.advance(Duration.ofNanos(Math.max(0, end - clock.nanos())));
    }

    /** Forgets every timer that waits, as if an error had swallowed it. */
    public void lose() {
        synchronized (timers) {
            timers.clear();
        }
    }

    /** How many timers wait. */
    public int waiting() {
        synchronized (timers) {
            return timers.size();
        }
    }

    @Override
    public void execute(Runnable command) {
        if (!shutdown) command.run();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(Executors.callable(command), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return add(callable, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initial, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("schedule each run on its own");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initial, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("schedule each run on its own");
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        synchronized (timers) {
            List<Runnable> left = List.copyOf(timers);
            timers.clear();
            return left;
        }
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }

    private <V> Timer<V> add(Callable<V> body, long delay, TimeUnit unit) {
        synchronized (timers) {
            var timer = new Timer<>(body, clock.nanos() + unit.toNanos(Math.max(0, delay)), numbers++);
            timers.add(timer);
            return timer;
        }
    }

    private @Nullable Timer<?> due(long end) {
        synchronized (timers) {
            Timer<?> first = timers.peek();
            return first == null || first.due > end ? null : timers.poll();
        }
    }

    private final class Timer<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long due;
        private final long number;

        Timer(Callable<V> body, long due, long number) {
            super(body);
            this.due = due;
            this.number = number;
        }

        @Override
        public boolean cancel(boolean interrupt) {
            synchronized (timers) {
                timers.remove(this);
            }
            return super.cancel(interrupt);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - clock.nanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
