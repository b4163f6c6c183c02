package org.cobnut.link.usb.libusb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cobnut.link.usb.UsbParameters;

/**
 * The sections that wait for a device. A device that comes opens those again that may want it, at once and some times more within
 * the next seconds: udev may permit it a moment later only, and a device that has just got power may be dumb at first. A wish
 * lapses when the section does not renew it by asking again. Any thread.
 */
final class WaitingSections {
    /** Longer than a section waits between two tries. */
    private static final Duration KEPT = Duration.ofMinutes(3);

    private static final List<Duration> TRIES =
            List.of(Duration.ZERO, Duration.ofMillis(300), Duration.ofMillis(900), Duration.ofSeconds(3));

    private final Map<String, Wish> wishes = new HashMap<>();

    /** What a section wants, and how it is opened. */
    private record Wish(UsbParameters parameters, Runnable retry, long until) {
        boolean lapsed() {
            return System.nanoTime() - until > 0;
        }
    }

    /** A section found nothing that it could open. */
    synchronized void add(String ups, UsbParameters parameters, Runnable retry) {
        wishes.values().removeIf(Wish::lapsed);
        wishes.put(ups, new Wish(parameters, retry, System.nanoTime() + KEPT.toNanos()));
    }

    /** A section has a device. */
    synchronized void remove(String ups) {
        wishes.remove(ups);
    }

    /** A device with these ids has come. */
    void arrived(int vendor, int product, ScheduledExecutorService worker) {
        for (Duration later : TRIES) {
            try {
                worker.schedule(() -> retry(vendor, product), later.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closing) {
                return;
            }
        }
    }

    private void retry(int vendor, int product) {
        var found = new ArrayList<Runnable>();
        synchronized (this) {
            wishes.values().removeIf(Wish::lapsed);
            for (Wish wish : wishes.values()) if (wish.parameters().knows(vendor, product)) found.add(wish.retry());
        }
        found.forEach(Runnable::run);
    }
}
