package org.cobnut.upsmon;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;

/** Looks at one UPS on a thread of its own, as often as it is told to; what it finds goes to the engine. */
final class Sentry {
    /** What it is sent for; the same twice is once. */
    enum Errand {
        LOOK,
        FSD,
        COUNT
    }

    /** How often it asks its source whether something is new there, and how long a look may take before it is missed. */
    private static final long SECOND = 1_000_000_000L;

    private static final int LONG = 5;

    private final MonitorLine line;
    private final Source source;
    private final ObjLongConsumer<Reading> engine;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition sent = lock.newCondition();
    private final Set<Errand> errands = EnumSet.of(Errand.LOOK);
    private final Thread thread;
    private long next;
    private long interval = SECOND;
    private boolean over;
    private long busySince = Nanos.NEVER;
    private long missedAt = Nanos.NEVER;

    /**
     * Somebody who does not stand there yet.
     *
     * @param engine takes what was found, and when it was asked
     */
    Sentry(MonitorLine line, Source source, ObjLongConsumer<Reading> engine, LongSupplier nanos) {
        this.line = line;
        this.source = source;
        this.engine = engine;
        this.nanos = nanos;
        this.next = nanos.getAsLong();
        this.thread = new Thread(this::stand, "upsmon " + line.ups());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    MonitorLine line() {
        return line;
    }

    Source source() {
        return source;
    }

    void send(Errand errand) {
        lock.lock();
        try {
            errands.add(errand);
            sent.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A look in so many seconds at the latest. */
    void lookIn(int seconds) {
        lock.lock();
        try {
            long due = nanos.getAsLong() + Nanos.seconds(seconds);
            if (due - next < 0) next = due;
            sent.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void every(int seconds) {
        lock.lock();
        try {
            interval = Nanos.seconds(seconds);
        } finally {
            lock.unlock();
        }
        lookIn(seconds);
    }

    /** The machine slept or stood still: a look under way is none to wait for, and another is due. */
    void awake() {
        lock.lock();
        try {
            if (busySince != Nanos.NEVER) busySince = nanos.getAsLong();
            errands.add(Errand.LOOK);
            sent.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** An answer that is missing because the source hangs; once in a poll's time. */
    Optional<Reading> missing() {
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

    /** Logs out and ends; whoever hangs is left to itself. */
    void end() {
        lock.lock();
        try {
            over = true;
            sent.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the end, and makes what still hangs then fail. */
    void await(long millis) throws InterruptedException {
        thread.join(Math.max(1, millis));
        if (thread.isAlive()) source.abort();
    }

    private void stand() {
        try {
            while (true) {
                Optional<Errand> errand = errand();
                if (errand.isEmpty()) break;
                go(errand.get(), nanos.getAsLong());
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        } finally {
            source.close();
        }
    }

    private void go(Errand errand, long asked) {
        try {
            switch (errand) {
                case FSD -> engine.accept(source.fsd(), asked);
                case COUNT -> engine.accept(source.count(), asked);
                case LOOK -> source.look(reading -> engine.accept(reading, asked));
            }
        } catch (RuntimeException
                | Error unexpected) { // this thread's edge: a UPS that nobody looks at is lost, not gone
            engine.accept(new Reading.NoAnswer(line.ups(), unexpected.toString()), asked);
        } finally {
            idle();
        }
    }

    /** The next errand, when it is due; nothing at the end. */
    private Optional<Errand> errand() throws InterruptedException {
        lock.lock();
        try {
            while (!over) {
                for (Errand each : new Errand[] {Errand.FSD, Errand.COUNT, Errand.LOOK})
                    if (errands.remove(each)) return busy(each);
                long left = next - nanos.getAsLong();
                if (left <= 0 || source.stirred()) return busy(Errand.LOOK);
                sent.await(Math.min(left, SECOND), TimeUnit.NANOSECONDS);
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Errand> busy(Errand errand) {
        busySince = nanos.getAsLong();
        missedAt = Nanos.NEVER;
        if (errand == Errand.LOOK) next = busySince + interval;
        return Optional.of(errand);
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
