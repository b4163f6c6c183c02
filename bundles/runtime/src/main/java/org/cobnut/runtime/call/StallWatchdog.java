package org.cobnut.runtime.call;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after every device now and then, on a thread of its own. All drivers share one heap: when one of them has filled
 * it, the error may strike whoever asks for memory next, a timer or a hand-over of another device too, and nothing else
 * would set that one going again.
 */
public final class StallWatchdog {
    /** How long a device may stand still before it is looked after. */
    static final int SECONDS = 5;

    private static final Logger log = LoggerFactory.getLogger(StallWatchdog.class);

    private final Set<Runnable> watched = ConcurrentHashMap.newKeySet();
    private final CountDownLatch over = new CountDownLatch(1);

    /** Looks after a device from the next round on; it runs this in each. */
    public void add(Runnable device) {
        watched.add(device);
    }

    /** Leaves a device alone. */
    public void remove(Runnable device) {
        watched.remove(device);
    }

    /** Begins its rounds. */
    public void start() {
        DriverThreadPool.thread("cobnut-watch-").newThread(this::watch).start();
    }

    /** Ends its rounds; returns at once. */
    public void stop() {
        over.countDown();
    }

    private void watch() {
        boolean more = true;
        while (more) more = round();
    }

    /** Whether another is to come. Without memory even the line that says so may fail; that is no end. */
    private boolean round() {
        try {
            if (over.await(SECONDS, TimeUnit.SECONDS)) return false;
            lookAfterAll();
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } catch (VirtualMachineError disturbed) {
            return true;
        }
    }

    /** One round; never throws. */
    public void lookAfterAll() {
        try {
            watched.forEach(Runnable::run);
        } catch (RuntimeException | VirtualMachineError disturbed) {
            // There may be no memory for more than this line, or not even for that; the next round comes.
            log.error("devices could not be looked after: {}", disturbed.toString());
        }
    }
}
