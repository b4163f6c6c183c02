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
        OptionalLong before = ahead;
        ahead = ahead();
        if (before.isEmpty() || ahead.isEmpty()) return Optional.empty();
        long slept = ahead.getAsLong() - before.getAsLong();
        return slept > LEAST ? Optional.of(new Reading.Slept(slept)) : Optional.empty();
    }

    private OptionalLong ahead() {
        try {
            String first = Files.readString(uptime).split(" ", 2)[0];
            return OptionalLong.of((long) (Double.parseDouble(first) * 1e9) - nanos.getAsLong());
        } catch (IOException | NumberFormatException notHere) {
            return OptionalLong.empty();
        }
    }
}
