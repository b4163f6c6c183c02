package org.cobnut.upsmon;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that does one kind of thing in order, so that whatever hangs there delays nothing else. What waits is
 * bounded, so that a disk that hangs for hours costs no memory: the oldest makes room, and how many did is told.
 */
final class Lane implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    private static final int MOST = 20_000;

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final String name;
    private final Thread thread;
    private long lost;
    private boolean over;

    Lane(String name) {
        this.name = name;
        thread = new Thread(this::work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Never blocks. */
    synchronized void add(Runnable task) {
        if (over) return;
        if (waiting.size() == MOST) {
            waiting.removeFirst();
            lost++;
        }
        waiting.addLast(task);
        notifyAll();
    }

    /** Waits until all that was added is done, and no longer than that. */
    void drain(long millis) throws InterruptedException {
        var done = new CountDownLatch(1);
        add(done::countDown);
        if (!done.await(Math.max(0, millis), TimeUnit.MILLISECONDS)) log.debug("the lane is blocked");
    }

    /** Takes no more; what waits is still done, while somebody waits for it. */
    @Override
    public synchronized void close() {
        over = true;
        notifyAll();
    }

    /** After {@link #close}: waits for the rest, and no longer than that. */
    void await(long millis) throws InterruptedException {
        thread.join(Math.max(1, millis));
    }

    private void work() {
        try {
            for (Runnable task = next(); task != null; task = next()) {
                long missing = lost();
                if (missing > 0) log.warn("{}: blocked for so long that the {} oldest tasks were lost", name, missing);
                run(task);
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error unexpected) { // this thread's edge
            log.error("upsmon: {}", unexpected.toString(), unexpected);
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
