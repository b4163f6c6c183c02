package org.cobnut.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the driver of a device gets on, since its section was first read by this process.
 *
 * @param restarts how often the device was opened again after the first time
 * @param lastPoll how long the last poll took; empty where this process does not poll the device
 * @param longestPoll how long the slowest of the last polls took
 * @param lastError why there was no answer, or no true one, when that was so last; empty when it never was
 * @param failed when that was
 */
public record DriverFigures(
        long restarts,
        Optional<Duration> lastPoll,
        Optional<Duration> longestPoll,
        String lastError,
        Optional<Instant> failed) {
    /** Nothing has happened yet, or nobody counts. */
    public static final DriverFigures NONE =
            new DriverFigures(0, Optional.empty(), Optional.empty(), "", Optional.empty());
}
