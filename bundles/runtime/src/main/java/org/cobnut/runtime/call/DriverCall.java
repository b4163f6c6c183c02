package org.cobnut.runtime.call;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.cobnut.recall.Recall;
import org.jspecify.annotations.Nullable;

/**
 * One call of a driver, on a thread of the pool, watched by timers: late, overdue (the thread is interrupted, then called
 * back out of its loops unless it opens or closes the device), lost (it heeded neither). However it ends, and whenever, {@link Owner#ended} hears of it last.
 */
public final class DriverCall<T> {
    /** From when on readers are told that nothing has come. */
    public static final Duration LATE = Duration.ofSeconds(5);

    /** How long an interrupted thread may take to come back. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private static final Duration HALF_OF_IT = GRACE.dividedBy(2);

    /** What is asked of the driver, and how long it may take. */
    public enum Kind {
        OPEN(60, false),
        POLL(30, true),
        SET(30, true),
        RUN(30, true),
        CLOSE(10, false);

        private final Duration deadline;
        /** Whether an error may be thrown into it. */
        final boolean recallable;

        /** Returns how long such a call may take. */
        public Duration deadline() {
            return deadline;
        }

        Kind(int seconds, boolean recallable) {
            deadline = Duration.ofSeconds(seconds);
            this.recallable = recallable;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whoever made the call. Told without any lock held; by a timer but for {@link #ended}. */
    public interface Owner {
        void late(DriverCall<?> call);

        /** Its time is up; the owner {@link #end}s it. */
        void overdue(DriverCall<?> call);

        void lost(DriverCall<?> call);

        /** The thread is back, and this is the same thread. */
        void ended(DriverCall<?> call);
    }

    /** What follows in turn when the call ended in time. */
    public interface Then<T> {
        void accept(Result<T> result);
    }

    private final Kind kind;
    private final String name;
    private final Callable<T> body;
    private final Then<T> then;
    private final RunnerContext engine;
    private final Owner owner;

    private @Nullable Future<?> late;
    private @Nullable Future<?> deadline;
    private @Nullable Future<?> grace;
    private @Nullable Thread worker;
    private String idle = "";
    private long began;
    private Duration took = Duration.ZERO;
    private boolean begun;
    private boolean over;
    private boolean back;
    private @Nullable Result<T> result;

    /**
     * A call that has not begun.
     *
     * @param body runs in the driver
     * @param then takes what it returned or threw, if it ended in time
     */
    public DriverCall(Kind kind, String ups, RunnerContext engine, Owner owner, Callable<T> body, Then<T> then) {
        this.kind = kind;
        this.name = "cobnut " + ups + " " + kind;
        this.engine = engine;
        this.owner = owner;
        this.body = body;
        this.then = then;
    }

    /** Returns what is asked of the driver. */
    public Kind kind() {
        return kind;
    }

    /**
     * Begins. The timers run before the thread does, so a call that never finds a thread is over in time too.
     *
     * @param threads where to
     */
    public void start(Executor threads) {
        synchronized (this) {
            late = engine.after(LATE, () -> owner.late(this));
            deadline = engine.after(kind.deadline, () -> owner.overdue(this));
        }
        threads.execute(this::work);
    }

    /** Interrupts the thread at once. False when the call has ended already, or is overdue already. */
    public synchronized boolean end() {
        if (over || back) return false;
        over = true;
        cancel(late);
        cancel(deadline);
        if (worker != null) worker.interrupt();
        grace = engine.after(HALF_OF_IT, this::insist);
        return true;
    }

    /**
     * Calls the thread back, and says why; nothing happens when it is back already, or not there yet. Nobody is called back
     * from an opening or a closing: an error in the middle of it would leave the device open.
     */
    synchronized void recall(String reason) {
        if (worker != null && kind.recallable) Recall.demand(worker, reason);
    }

    /** The thread that is in the driver now. */
    synchronized Optional<Thread> worker() {
        return Optional.ofNullable(worker);
    }

    /** Why there is no answer, once there is time for none any more. */
    public synchronized String silence() {
        String within = " within " + kind.deadline.toSeconds() + " s";
        return begun
                ? "no answer to " + kind + within
                : "no thread was free for " + kind + within + "; slow devices have all";
    }

    private synchronized void insist() {
        if (back) return;
        recall(silence());
        grace = engine.after(HALF_OF_IT, () -> owner.lost(this));
    }

    /** Whether its deadline passed, or somebody ended it. */
    public synchronized boolean over() {
        return over;
    }

    /** What came of it; nothing before the thread is back, or when it never ran. */
    public synchronized @Nullable Result<T> result() {
        return result;
    }

    /** How long the driver had the thread. */
    public synchronized Duration took() {
        return took;
    }

    /** Goes on with what follows; only once, after the end. */
    public void proceed() {
        Result<T> ended = result();
        if (ended != null) then.accept(ended);
    }

    private void work() {
        if (begin()) {
            Result<T> ended = Result.of(body);
            finish(ended);
        }
        owner.ended(this);
    }

    private synchronized boolean begin() {
        if (over) {
            back = true;
            cancel(grace);
            return false;
        }
        begun = true;
        worker = Thread.currentThread();
        idle = worker.getName();
        worker.setName(name);
        began = engine.nanos().getAsLong();
        engine.running().add(this);
        return true;
    }

    private synchronized void finish(Result<T> ended) {
        engine.running().remove(this);
        // Neither a late interrupt nor a late recall must reach whoever works on this thread next.
        Thread.interrupted();
        Recall.over(Thread.currentThread());
        Thread.currentThread().setName(idle);
        worker = null;
        back = true;
        result = ended;
        took = Duration.ofNanos(engine.nanos().getAsLong() - began);
        cancel(late);
        cancel(deadline);
        cancel(grace);
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) timer.cancel(false);
    }
}
