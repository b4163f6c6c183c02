package org.cobnut.upsmon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Tells when the machine slept. Linux counts its uptime on while it sleeps, and stops the monotonic clock; the clock on the
 * wall, which anybody may turn, is not asked.
 */
final class Sleep {
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final long LEAST = 5_000_000_000L;
    private static final long AT_ONCE = 1_000_000_000L;
    private static final int TRIES = 3;

    private final Path uptime;
    private final LongSupplier nanos;
    private OptionalLong ahead;

    Sleep(LongSupplier nanos) {
        this(UPTIME, nanos);
    }

    Sleep(Path uptime, LongSupplier nanos) {
        this.uptime = uptime;
        this.nanos = nanos;
        this.ahead = ahead();
    }

    /** How long it has slept since this was asked last. */
    Optional<Reading.Slept> slept() {
        OptionalLong now = ahead();
        if (now.isEmpty()) return Optional.empty();
        OptionalLong before = ahead;
        ahead = now;
        if (before.isEmpty()) return Optional.empty();
        long slept = now.getAsLong() - before.getAsLong();
        return slept > LEAST ? Optional.of(new Reading.Slept(slept)) : Optional.empty();
    }

    /** How far the uptime is before the clock; nothing when the two cannot be read at once. */
    private OptionalLong ahead() {
        try {
            for (int tries = 0; tries < TRIES; tries++) {
                long before = nanos.getAsLong();
                String first = Files.readString(uptime).split(" ", 2)[0];
                long after = nanos.getAsLong();
                if (after - before < AT_ONCE) return OptionalLong.of((long) (Double.parseDouble(first) * 1e9) - after);
            }
            return OptionalLong.empty();
        } catch (IOException | NumberFormatException notHere) {
            return OptionalLong.empty();
        }
    }
}
