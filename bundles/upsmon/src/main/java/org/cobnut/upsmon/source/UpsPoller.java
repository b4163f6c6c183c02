package org.cobnut.upsmon.source;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import org.cobnut.upsmon.config.MonitorLine;
import org.cobnut.upsmon.engine.Reading;
import org.cobnut.upsmon.time.Nanos;

/** Polls one UPS on a thread of its own and hands the readings to the engine. */
public final class UpsPoller {
    /** What the thread has to do; each task waits at most once. */
    public enum Task {
        POLL,
        SET_FSD,
        COUNT_LOGINS
    }

    /** How often the source is asked for changes, and after how many seconds a poll counts as missing. */
    private static final long SECOND = 1_000_000_000L;

    private static final int LONG = 5;

    private final MonitorLine line;
    private final Source source;
    private final ObjLongConsumer<Reading> engine;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Task> tasks = EnumSet.of(Task.POLL);
    private final Thread thread;
    private long next;
    private long interval = SECOND;
    private boolean over;
    private long busySince = Nanos.NEVER;
    private long missedAt = Nanos.NEVER;

    /**
     * A poller that has not started.
     *
     * @param engine takes a reading, and the time at which it was requested
     */
    public UpsPoller(MonitorLine line, Source source, ObjLongConsumer<Reading> engine, LongSupplier nanos) {
        this.line = line;
        this.source = source;
        this.engine = engine;
        this.nanos = nanos;
        this.next = nanos.getAsLong();
        this.thread = new Thread(this::run, "upsmon " + line.ups());
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    public MonitorLine line() {
        return line;
    }

    public Source source() {
        return source;
    }

    public void request(Task task) {
        lock.lock();
        try {
            tasks.add(task);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Polls within this many seconds. */
    public void pollWithin(int seconds) {
        lock.lock();
        try {
            long due = nanos.getAsLong() + Nanos.seconds(seconds);
            if (due - next < 0) next = due;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public void pollEvery(int seconds) {
        lock.lock();
        try {
            interval = Nanos.seconds(seconds);
        } finally {
            lock.unlock();
        }
        pollWithin(seconds);
    }

    /** After sleep: a poll that is under way is not late, and another one is due. */
    public void afterSleep() {
        lock.lock();
        try {
            if (busySince != Nanos.NEVER) busySince = nanos.getAsLong();
            tasks.add(Task.POLL);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A reading for a source that hangs; at most one in each interval. */
    public Optional<Reading> overdue() {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            if (over || !Nanos.over(busySince, now, LONG)) return Optional.empty();
            if (missedAt != Nanos.NEVER && now - missedAt < interval) return Optional.empty();
            missedAt = now;
            long seconds = (now - busySince) / SECOND;
            return Optional.of(new Reading.NoAnswer(line.ups(), "no answer for " + seconds + " s"));
        } finally {
            lock.unlock();
        }
    }

    /** Logs out and ends; does not wait for a source that hangs. */
    public void end() {
        lock.lock();
        try {
            over = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the end, and then aborts a call that still hangs. */
    public void await(long millis) throws InterruptedException {
        thread.join(Math.max(1, millis));
        if (thread.isAlive()) source.abort();
    }

    private void run() {
        try {
            while (true) {
                Optional<Task> task = nextTask();
                if (task.isEmpty()) break;
                perform(task.get(), nanos.getAsLong());
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        } finally {
            source.close();
        }
    }

    private void perform(Task task, long asked) {
        try {
            switch (task) {
                case SET_FSD -> engine.accept(source.fsd(), asked);
                case COUNT_LOGINS -> engine.accept(source.count(), asked);
                case POLL -> source.poll(reading -> engine.accept(reading, asked));
            }
        } catch (RuntimeException
                | Error unexpected) { // this thread's edge: a UPS that nobody looks at is lost, not gone
            engine.accept(new Reading.NoAnswer(line.ups(), unexpected.toString()), asked);
        } finally {
            idle();
        }
    }

    /** The next task, when it is due; empty at the end. */
    private Optional<Task> nextTask() throws InterruptedException {
        lock.lock();
        try {
            while (!over) {
                for (Task each : new Task[] {Task.SET_FSD, Task.COUNT_LOGINS, Task.POLL})
                    if (tasks.remove(each)) return busy(each);
                long left = next - nanos.getAsLong();
                if (left <= 0 || source.changed()) return busy(Task.POLL);
                changed.await(Math.min(left, SECOND), TimeUnit.NANOSECONDS);
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Task> busy(Task task) {
        busySince = nanos.getAsLong();
        missedAt = Nanos.NEVER;
        if (task == Task.POLL) next = busySince + interval;
        return Optional.of(task);
    }

    private void idle() {
        lock.lock();
        try {
            busySince = Nanos.NEVER;
        } finally {
            lock.unlock();
        }
    }
}
