package org.cobnut.upsd;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Lets connections that still have requests to answer continue in turn. Between two slices of such work the event loop
 * looks at its sockets, so that a new connection and its first request never wait for all the requests of old ones. One
 * event loop.
 */
final class TurnQueue {
    /** The work of one slice takes so long. */
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
            // Each that waits now has one turn at most: whoever asks for another one waits behind the sockets.
            for (int left = turns.size(); left > 0 && loop.ticker().nanoTime() - end < 0; left--)
                turns.remove().run();
        } finally {
            if (!turns.isEmpty()) plan();
        }
    }

    /** A timer that is due runs once in a round of the loop. A task would run again and again before the sockets. */
    private void plan() {
        if (planned) return;
        planned = true;
        loop.schedule(this::slice, 0, TimeUnit.NANOSECONDS);
    }
}
