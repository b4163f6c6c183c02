package org.cobnut.upsd.net;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
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
    private final Queue<Runnable> turns = new ArrayDeque<>();
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

    void add(Runnable turn) {
        turns.add(turn);
        plan();
    }

    private void slice() {
        planned = false;
        try {
            long end = loop.ticker().nanoTime() + SLICE;
            // Each connection that waits now has at most one turn; its next turn comes after the sockets.
            for (int left = turns.size(); left > 0 && loop.ticker().nanoTime() - end < 0; left--)
                turns.remove().run();
        } finally {
            if (!turns.isEmpty()) plan();
        }
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
