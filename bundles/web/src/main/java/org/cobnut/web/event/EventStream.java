package org.cobnut.web.event;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Sends messages to one reader without ever waiting for it. What the reader has not taken yet is bounded; a reader that
 * falls behind is cut, and comes back by itself for the state of then.
 */
final class EventStream implements WriteListener, AsyncListener {
    /** Bytes that may wait for a reader. */
    static final int MOST_WAITING = 1 << 20;

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Consumer<EventStream> ended;
    private final Deque<byte[]> queue = new ArrayDeque<>();
    private int waiting;
    private boolean open;
    private boolean flushDue;
    private boolean over;
    private boolean forgotten;

    /** A stream whose end is told, once or more often. */
    EventStream(AsyncContext async, ServletOutputStream out, Consumer<EventStream> ended) {
        this.async = async;
        this.out = out;
        this.ended = ended;
    }

    /** Begins to send; the request must be asynchronous. */
    void start() {
        async.addListener(this);
        out.setWriteListener(this);
    }

    /**
     * Queues a message, or cuts the reader.
     *
     * @return whether the reader keeps up
     */
    boolean offer(byte[] message) {
        synchronized (this) {
            if (over) return true;
            // The first message is the state of all devices, however much that is.
            boolean fits = queue.isEmpty() || waiting + message.length <= MOST_WAITING;
            if (fits) {
                queue.add(message);
                waiting += message.length;
                pump();
                return true;
            }
        }
        end();
        return false;
    }

    /** Whether it has ended. */
    synchronized boolean ended() {
        return over;
    }

    /** Whether this is the first call; the end is told more than once. */
    synchronized boolean forget() {
        boolean first = !forgotten;
        forgotten = true;
        return first;
    }

    /** Ends the stream; what waits is dropped. */
    void end() {
        synchronized (this) {
            if (over) return;
            over = true;
            queue.clear();
            waiting = 0;
        }
        finish();
    }

    @Override
    public synchronized void onWritePossible() {
        open = true;
        pump();
    }

    /** Writes as much as the connection takes now; the container calls again when it takes more. */
    private void pump() {
        try {
            while (open && !over && out.isReady()) {
                if (flushDue) {
                    flushDue = false;
                    out.flush();
                    continue;
                }
                byte[] next = queue.poll();
                if (next == null) return;
                waiting -= next.length;
                flushDue = true;
                out.write(next);
            }
        } catch (IOException | IllegalStateException gone) {
            over = true;
            queue.clear();
            async.start(this::finish);
        }
    }

    private void finish() {
        ended.accept(this);
        try {
            async.complete();
        } catch (IllegalStateException done) {
            // The container was first.
        }
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nobody starts it twice.
    }
}
