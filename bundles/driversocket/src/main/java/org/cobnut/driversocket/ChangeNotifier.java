package org.cobnut.driversocket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.cobnut.device.DeviceListener;
import org.cobnut.model.Snapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners of one device's changes, one after the other, on a thread that does nothing else. */
final class ChangeNotifier {
    private static final Logger log = LoggerFactory.getLogger(ChangeNotifier.class);

    /** Beyond so many the two oldest that are still untold become one, so that a slow listener costs no memory. */
    private static final int MOST = 64;

    private final String ups;
    private final Iterable<DeviceListener> listeners;
    private final Executor teller;
    private final Deque<Notice> waiting = new ArrayDeque<>();

    private record Notice(Snapshot before, Snapshot after) {}

    /** The teller runs what it is given in order. */
    ChangeNotifier(String ups, Iterable<DeviceListener> listeners, Executor teller) {
        this.ups = ups;
        this.listeners = listeners;
        this.teller = teller;
    }

    void add(Snapshot before, Snapshot after) {
        synchronized (waiting) {
            waiting.addLast(new Notice(before, after));
            if (waiting.size() > MOST) {
                Notice oldest = waiting.removeFirst();
                waiting.addFirst(
                        new Notice(oldest.before(), waiting.removeFirst().after()));
                return;
            }
        }
        try {
            teller.execute(this::tell);
        } catch (RejectedExecutionException stopping) {
            log.debug("UPS [{}]: nobody is told any more", ups);
        }
    }

    private void tell() {
        Notice notice = next();
        if (notice == null) return;
        for (DeviceListener listener : listeners) {
            try {
                listener.changed(ups, notice.before(), notice.after());
            } catch (RuntimeException e) {
                log.error(
                        "UPS [{}]: listener {} failed", ups, listener.getClass().getName(), e);
            }
        }
    }

    private @Nullable Notice next() {
        synchronized (waiting) {
            return waiting.poll();
        }
    }
}
