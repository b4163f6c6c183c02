package org.cobnut.notify.delivery;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.cobnut.notify.DeliveryRefusedException;
import org.cobnut.notify.Message;
import org.cobnut.notify.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Holds the messages of one target and sends one after the other, on a thread that is there only while there are any.
 * Critical messages and tests go first. What fails is tried again after a pause, which grows from one try to the next;
 * the first message that gets through ends the pauses of all others. Never blocks its callers. When {@value #MOST}
 * messages wait, the oldest that is not critical is dropped, and counted.
 */
final class DeliveryQueue {
    /** How many messages wait at most. */
    static final int MOST = 200;

    private static final int GROWTH = 3;
    private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(5);

    /** What the queue does with a message, and whom it tells. Called on the thread that sends, but for {@link #dropped}. */
    interface Handler {
        void send(Message message) throws IOException, InterruptedException;

        /** How often a message is tried again. */
        int retries();

        /** Called after each try. An empty reason is a success; otherwise the message is over when it is final. */
        void tried(Message message, int tries, Optional<Exception> failure, boolean last);

        /** Called when the first message is dropped since the queue was full; on any thread, must not block. */
        void full();

        /** Called when the queue is empty again, with the number of messages that were dropped. */
        void dropped(int messages);

        /** Called when the queue is closed and nothing is sent any more. */
        void ended();
    }

    private static final class Entry {
        final Message message;
        final @Nullable CompletableFuture<Optional<Exception>> test;
        final long added;
        int tries;
        long due;

        Entry(Message message, @Nullable CompletableFuture<Optional<Exception>> test, long due) {
            this.message = message;
            this.test = test;
            this.added = due;
            this.due = due;
        }

        boolean first() {
            return test != null || message.severity() == Severity.CRITICAL;
        }
    }

    private final DeliveryThreads threads;
    private final Handler handler;
    private final LongSupplier nanos;
    private final long pause;
    private final Runnable abort;
    private final Deque<Entry> first = new ArrayDeque<>();
    private final Deque<Entry> rest = new ArrayDeque<>();
    private boolean running;
    private boolean over;
    private int dropped;

    /**
     * An empty queue.
     *
     * @param abort makes a send under way end soon
     * @param pause nanoseconds before the second try
     */
    DeliveryQueue(DeliveryThreads threads, Handler handler, Runnable abort, LongSupplier nanos, long pause) {
        this.threads = threads;
        this.handler = handler;
        this.abort = abort;
        this.nanos = nanos;
        this.pause = pause;
    }

    void add(Message message) {
        add(new Entry(message, null, nanos.getAsLong()));
    }

    /** Sends a message once, before all others; completes with the failure, if there is one. */
    CompletableFuture<Optional<Exception>> test(Message message) {
        var outcome = new CompletableFuture<Optional<Exception>>();
        add(new Entry(message, outcome, nanos.getAsLong()));
        return outcome;
    }

    synchronized int waiting() {
        return first.size() + rest.size();
    }

    /** Tries what waits now, without a pause; used when the settings changed. */
    synchronized void hurry() {
        for (Deque<Entry> each : List.of(first, rest)) for (Entry entry : each) entry.due = nanos.getAsLong();
        notifyAll();
    }

    /** Takes no more messages. What waits is tried once more, until a try fails. Returns at once. */
    void close() {
        synchronized (this) {
            over = true;
            notifyAll();
            if (running) return;
        }
        handler.ended();
    }

    private void add(Entry entry) {
        boolean overflow = false;
        synchronized (this) {
            if (over) {
                end(entry);
                return;
            }
            if (waiting() >= MOST) {
                Entry lost = rest.isEmpty() ? first.removeFirst() : rest.removeFirst();
                end(lost);
                overflow = dropped++ == 0;
            }
            (entry.first() ? first : rest).addLast(entry);
            notifyAll();
            if (!running) {
                running = true;
                threads.execute(this::run, abort);
            }
        }
        if (overflow) handler.full();
    }

    private void run() {
        try {
            for (Entry next = next(); next != null; next = next()) attempt(next);
            if (isOver()) handler.ended();
        } catch (InterruptedException asked) {
            stopped();
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error unexpected) { // this thread's edge
            stopped();
            throw unexpected;
        }
    }

    private synchronized boolean isOver() {
        return over;
    }

    /** The next message, when it may be sent; none when there is nothing to send. */
    private @Nullable Entry next() throws InterruptedException {
        int lost;
        synchronized (this) {
            while (waiting() > 0) {
                long now = nanos.getAsLong();
                Entry next = due(first, now);
                if (next == null) next = due(rest, now);
                if (next != null) return next;
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, Math.min(left(first, now), left(rest, now))));
            }
            lost = dropped;
            dropped = 0;
            if (lost == 0) {
                running = false;
                return null;
            }
        }
        handler.dropped(lost);
        return next();
    }

    private @Nullable Entry due(Deque<Entry> entries, long now) {
        Entry head = entries.peekFirst();
        if (head == null || (!over && head.due - now > 0)) return null;
        return entries.removeFirst();
    }

    private static long left(Deque<Entry> entries, long now) {
        Entry head = entries.peekFirst();
        return head == null ? Long.MAX_VALUE : head.due - now;
    }

    private void attempt(Entry entry) throws InterruptedException {
        entry.tries++;
        Optional<Exception> failure = failure(entry);
        boolean last = failure.isEmpty() || !retried(entry, failure.get());
        handler.tried(entry.message, entry.tries, failure, last);
        if (entry.test != null) entry.test.complete(failure);
        if (failure.isEmpty()) hurry();
    }

    private Optional<Exception> failure(Entry entry) throws InterruptedException {
        try {
            handler.send(entry.message);
            return Optional.empty();
        } catch (IOException | RuntimeException failed) {
            return Optional.of(failed);
        } catch (LinkageError broken) { // of a notifier's bundle: this thread's edge
            return Optional.of(new IOException("the bundle of this kind is broken: " + broken, broken));
        }
    }

    /** Puts a message that failed back in front, unless it has had its tries. */
    private synchronized boolean retried(Entry entry, Exception failure) {
        if (over) {
            first.forEach(DeliveryQueue::end);
            rest.forEach(DeliveryQueue::end);
            first.clear();
            rest.clear();
        }
        if (over || entry.test != null || failure instanceof DeliveryRefusedException) return false;
        int retries = handler.retries();
        long now = nanos.getAsLong();
        // One that waited behind others for as long as all its tries take is tried once only.
        if (entry.tries > retries || now - entry.added > pauses(retries)) return false;
        entry.due = now + pause(entry.tries);
        (entry.first() ? first : rest).addFirst(entry);
        return true;
    }

    private long pause(int tries) {
        long wait = pause;
        for (int i = 1; i < tries && wait < LONGEST_PAUSE; i++) wait = Math.min(LONGEST_PAUSE, wait * GROWTH);
        return wait;
    }

    /** How long all the pauses of a message take, and a bit more for the tries themselves. */
    private long pauses(int retries) {
        long all = LONGEST_PAUSE;
        for (int i = 1; i <= retries; i++) all += pause(i);
        return all;
    }

    /** Nothing is lost when the thread ends for a reason of its own: the next message starts another one. */
    private synchronized void stopped() {
        running = false;
        for (Deque<Entry> each : List.of(first, rest)) each.forEach(DeliveryQueue::endTest);
    }

    private static void endTest(Entry entry) {
        if (entry.test != null) end(entry);
    }

    private static void end(Entry entry) {
        if (entry.test != null) entry.test.complete(Optional.of(new IOException("the target was changed or removed")));
    }
}
