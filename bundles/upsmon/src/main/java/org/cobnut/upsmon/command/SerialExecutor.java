package org.cobnut.upsmon.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cobnut.wire.ErrorText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks of one kind in order on one thread, so that a task that hangs delays no other kind. The number of waiting
 * tasks is bounded, so that a disk that hangs for hours costs no memory: the oldest is dropped, and the log has the
 * number.
 */
public final class SerialExecutor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);
    private static final int MOST = 20_000;

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final String name;
    private final Thread thread;
    private long lost;
    private boolean over;

    public SerialExecutor(String name) {
        this.name = name;
        thread = new Thread(this::work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Adds a task. Never blocks. */
    public synchronized void add(Runnable task) {
        if (over) return;
        if (waiting.size() == MOST) {
            waiting.removeFirst();
            lost++;
        }
        waiting.addLast(task);
        notifyAll();
    }

    /** Waits until all tasks so far have run, but no longer than this. */
    public void drain(long millis) throws InterruptedException {
        var done = new CountDownLatch(1);
        add(done::countDown);
        if (!done.await(Math.max(0, millis), TimeUnit.MILLISECONDS)) log.debug("{} is blocked", name);
    }

    /** Takes no more tasks; {@link #await} waits for the rest. */
    @Override
    public synchronized void close() {
        over = true;
        notifyAll();
    }

    /** After {@link #close}: waits for the tasks that are left, but no longer than this. */
    public void await(long millis) throws InterruptedException {
        thread.join(Math.max(1, millis));
    }

    private void work() {
        try {
            for (Runnable task = next(); task != null; task = next()) {
                long missing = lost();
                if (missing > 0)
                    log.warn("{} was blocked for so long that the {} oldest tasks are lost", name, missing);
                run(task);
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error unexpected) { // this thread's edge
            log.error("{}: a task failed: {}; the next one runs", name, ErrorText.of(unexpected), unexpected);
        }
    }

    private synchronized long lost() {
        long missing = lost;
        lost = 0;
        return missing;
    }

    private synchronized @org.jspecify.annotations.Nullable Runnable next() throws InterruptedException {
        while (waiting.isEmpty() && !over) wait();
        return waiting.pollFirst();
    }
}
