package org.cobnut.runtime.call;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work on other threads, up to a number at a time; what is beyond waits, in the order in which it came. */
final class BoundedExecutor implements Executor {
    private static final Logger log = LoggerFactory.getLogger(BoundedExecutor.class);

    /** Between two log lines about the same bound. */
    private static final Duration QUIET = Duration.ofMinutes(5);

    private final String what;
    private final int most;
    private final Executor threads;
    private final LongSupplier nanos;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int running;
    private int lost;
    private long toldAt;

    /** @param what the work, for the log */
    BoundedExecutor(String what, int most, Executor threads, LongSupplier nanos) {
        this.what = what;
        this.most = most;
        this.threads = threads;
        this.nanos = nanos;
        toldAt = nanos.getAsLong() - QUIET.toNanos();
    }

    @Override
    public void execute(Runnable work) {
        synchronized (this) {
            if (running >= limit()) {
                waiting.add(work);
                tell();
                return;
            }
            running++;
        }
        begin(work);
    }

    /** Threads do not come back, or do after all: others take their place, as long as those are not many too. */
    void lost(int change) {
        Runnable next;
        synchronized (this) {
            lost += change;
            next = running < limit() ? waiting.poll() : null;
            if (next != null) running++;
        }
        if (next != null) begin(next);
    }

    private int limit() {
        return most + Math.min(Math.max(0, lost), most);
    }

    private void begin(Runnable work) {
        boolean begun = false;
        try {
            threads.execute(() -> runAll(work));
            begun = true;
        } finally {
            if (!begun) leave();
        }
    }

    private synchronized void leave() {
        running--;
    }

    /** The thread goes on with what waits; an error ends it, and another thread goes on. */
    private void runAll(Runnable first) {
        for (Runnable work = first; work != null; work = next()) {
            boolean ended = false;
            try {
                work.run();
                ended = true;
            } finally {
                if (!ended) handOver();
            }
        }
    }

    private void handOver() {
        Runnable work = next();
        if (work != null) begin(work);
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = running > limit() ? null : waiting.poll();
        if (next == null) running--;
        return next;
    }

    private void tell() {
        if (nanos.getAsLong() - toldAt < QUIET.toNanos()) return;
        toldAt = nanos.getAsLong();
        log.warn(
                "{} calls of {} are under way at once, which is the most: others wait for their turn, and polls come later",
                running,
                what);
    }
}
