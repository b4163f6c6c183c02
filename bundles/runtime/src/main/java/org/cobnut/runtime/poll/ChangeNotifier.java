package org.cobnut.runtime.poll;

import java.util.ArrayDeque;
import java.util.Deque;
import org.cobnut.device.DeviceListener;
import org.cobnut.model.Snapshot;
import org.cobnut.runtime.call.Result;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners of one device's changes, one after the other, on whichever thread drains first. */
final class ChangeNotifier {
    private static final Logger log = LoggerFactory.getLogger(ChangeNotifier.class);

    /** Beyond so many the two oldest that are still untold become one, so that a slow listener costs no memory. */
    private static final int MOST = 64;

    private final String ups;
    private final Iterable<DeviceListener> listeners;
    private final Deque<Notice> waiting = new ArrayDeque<>();
    private boolean draining;

    private record Notice(Snapshot before, Snapshot after) {}

    ChangeNotifier(String ups, Iterable<DeviceListener> listeners) {
        this.ups = ups;
        this.listeners = listeners;
    }

    synchronized void add(Snapshot before, Snapshot after) {
        waiting.addLast(new Notice(before, after));
        if (waiting.size() <= MOST) return;
        Notice oldest = waiting.removeFirst();
        waiting.addFirst(new Notice(oldest.before(), waiting.removeFirst().after()));
    }

    /** Tells what waits, unless another thread is at it. */
    void drain() {
        if (!begin()) return;
        for (Notice notice = next(); notice != null; notice = next()) {
            for (DeviceListener listener : listeners) tell(listener, notice);
        }
    }

    private void tell(DeviceListener listener, Notice notice) {
        Throwable failure = Result.of(() -> {
                    listener.changed(ups, notice.before(), notice.after());
                    return true;
                })
                .failure();
        if (failure != null)
            log.error("UPS [{}]: listener {} failed", ups, listener.getClass().getName(), failure);
    }

    private synchronized boolean begin() {
        if (draining || waiting.isEmpty()) return false;
        draining = true;
        return true;
    }

    private synchronized @Nullable Notice next() {
        Notice next = waiting.poll();
        if (next == null) draining = false;
        return next;
    }
}
