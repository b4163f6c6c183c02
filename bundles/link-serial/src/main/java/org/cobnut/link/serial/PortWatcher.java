package org.cobnut.link.serial;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks once a second for ports that sections want and that are not there, as long as there are such. A wish lapses when the
 * section does not renew it by asking again. Any thread.
 */
final class PortWatcher implements AutoCloseable {
    /** Longer than a section waits between two tries. */
    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Map<String, Wish> wishes = new HashMap<>();
    private final ScheduledThreadPoolExecutor timer;
    private boolean looking;

    /** A port, and what to run when it is there. */
    private record Wish(Path port, Runnable found, long until) {
        boolean lapsed() {
            return System.nanoTime() - until > 0;
        }
    }

    PortWatcher() {
        timer = new ScheduledThreadPoolExecutor(1, work -> {
            var thread = new Thread(null, work, "cobnut-ports", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(PortWatcher.class.getClassLoader());
            return thread;
        });
        timer.setKeepAliveTime(1, TimeUnit.MINUTES);
        timer.allowCoreThreadTimeOut(true);
    }

    /**
     * A section wants this port, which is not there.
     *
     * @param found called once, on the watcher's thread, when it is there
     */
    synchronized void await(String ups, Path port, Runnable found) {
        wishes.put(ups, new Wish(port, found, System.nanoTime() + KEPT_NANOS));
        lookLater();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private synchronized void lookLater() {
        if (looking || wishes.isEmpty()) return;
        try {
            timer.schedule(this::look, 1, TimeUnit.SECONDS);
            looking = true;
        } catch (RejectedExecutionException closed) {
            wishes.clear();
        }
    }

    private void look() {
        var found = new ArrayList<Runnable>();
        synchronized (this) {
            looking = false;
            wishes.values().removeIf(wish -> {
                boolean there = Files.exists(wish.port());
                if (there) found.add(wish.found());
                return there || wish.lapsed();
            });
        }
        lookLater();
        found.forEach(Runnable::run);
    }
}
