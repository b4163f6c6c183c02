package org.cobnut.upsmon.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.cobnut.upsmon.engine.Reading;

/**
 * Detects that the machine slept: Linux counts its uptime during sleep and stops the monotonic clock. The wall clock,
 * which can be set, is not used.
 */
public final class SleepDetector {
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final long LEAST = 5_000_000_000L;
    private static final long AT_ONCE = 1_000_000_000L;
    private static final int TRIES = 3;

    private final Path uptime;
    private final LongSupplier nanos;
    private OptionalLong ahead;

    public SleepDetector(LongSupplier nanos) {
        this(UPTIME, nanos);
    }

    public SleepDetector(Path uptime, LongSupplier nanos) {
        this.uptime = uptime;
        this.nanos = nanos;
        this.ahead = ahead();
    }

    /** How long the machine has slept since the last call; empty when it has not. */
    public Optional<Reading.Slept> slept() {
        OptionalLong now = ahead();
        if (now.isEmpty()) return Optional.empty();
        OptionalLong before = ahead;
        ahead = now;
        if (before.isEmpty()) return Optional.empty();
        long slept = now.getAsLong() - before.getAsLong();
        return slept > LEAST ? Optional.of(new Reading.Slept(slept)) : Optional.empty();
    }

    /** The difference between uptime and clock; empty when both cannot be read at one moment. */
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
