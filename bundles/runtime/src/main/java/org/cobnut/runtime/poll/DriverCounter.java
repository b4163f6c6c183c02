package org.cobnut.runtime.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.cobnut.device.DriverFigures;

/** Counts how the drivers of a section get on, which it may have one after the other. Any thread. */
public final class DriverCounter {
    /** So many polls are remembered. */
    static final int RECENT = 60;

    private final long[] took = new long[RECENT];
    private long polls;
    private long opened;
    private String lastError = "";
    private Optional<Instant> failed = Optional.empty();

    synchronized void opened() {
        opened++;
    }

    synchronized void polled(Duration time) {
        took[(int) (polls++ % RECENT)] = time.toNanos();
    }

    synchronized void failed(String reason, Instant at) {
        lastError = reason;
        failed = Optional.of(at);
    }

    synchronized DriverFigures figures() {
        Optional<Duration> last = Optional.empty();
        Optional<Duration> longest = Optional.empty();
        if (polls > 0) {
            last = Optional.of(Duration.ofNanos(took[(int) ((polls - 1) % RECENT)]));
            longest = Optional.of(Duration.ofNanos(Arrays.stream(took).max().orElse(0)));
        }
        return new DriverFigures(Math.max(0, opened - 1), last, longest, lastError, failed);
    }
}
