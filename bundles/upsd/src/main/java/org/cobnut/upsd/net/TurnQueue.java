package org.cobnut.upsd.net;

import io.netty.util.concurrent.EventExecutor;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Lets connections that still have requests to answer continue in turn. Between two slices of this work the event loop
 * looks at its sockets, so that a new connection and its first request do not wait for all the requests of old ones.
 * One event loop.
 */
final class TurnQueue {
    /** How long the work of one slice takes. */
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(1);

    private final EventExecutor loop;
    private final Set<Runnable> turns = new LinkedHashSet<>();
    private boolean planned;

    private TurnQueue(EventExecutor loop) {
        this.loop = loop;
    }

    /** The queues of all event loops. Any thread. */
    static final class Registry {
        private final Map<EventExecutor, TurnQueue> queues = new ConcurrentHashMap<>();

        TurnQueue of(EventExecutor loop) {
            return queues.computeIfAbsent(loop, TurnQueue::new);
        }
    }

    /** Lets this turn come, once, behind those that wait already. */
    void add(Runnable turn) {
        turns.add(turn);
        plan();
    }

    /** Forgets a turn, whose connection is closed and must not stay in memory until the turn would come. */
    void remove(Runnable turn) {
        turns.remove(turn);
    }

    private void slice() {
        planned = false;
        try {
            long end = loop.ticker().nanoTime() + SLICE;
            // Each connection that waits now has at most one turn; its next turn comes after the sockets.
            for (int left = turns.size();
                    left > 0 && !turns.isEmpty() && loop.ticker().nanoTime() - end < 0;
                    left--) next().run();
        } finally {
            if (!turns.isEmpty()) plan();
        }
    }

    private Runnable next() {
        Iterator<Runnable> each = turns.iterator();
        Runnable first = each.next();
        each.remove();
        return first;
    }

    /**
     * Plans the next slice as a timer: a timer that is due runs once in a round of the loop, while a task would run
     * again and again before the sockets.
     */
    private void plan() {
        if (planned) return;
        planned = true;
        loop.schedule(this::slice, 0, TimeUnit.NANOSECONDS);
    }
}
