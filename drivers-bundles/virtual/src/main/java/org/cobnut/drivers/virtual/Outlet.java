package org.cobnut.drivers.virtual;

import java.time.Duration;
import java.util.Optional;

/**
 * When an outlet goes off and comes back: a function of orders, of the power and of the time that passes. While it counts
 * down, and for as long as it is off because it was shut down here, whoever hangs on it is told FSD.
 */
final class Outlet {
    /** What is to be done to it. */
    enum Turn {
        OFF,
        ON
    }

    private final Duration offDelay;
    private final Duration onDelay;
    private Optional<Duration> untilOff = Optional.empty();
    private Optional<Duration> untilOn = Optional.empty();
    private Optional<Boolean> seen = Optional.empty();
    private boolean on = true;
    private boolean shutDown;

    Outlet(Duration offDelay, Duration onDelay) {
        this.offDelay = offDelay;
        this.onDelay = onDelay;
    }

    /** Orders a shutdown; one that counts already goes on, but what happens afterwards is as ordered last. */
    void shutdown(boolean comesBack) {
        if (on && untilOff.isEmpty()) untilOff = Optional.of(offDelay);
        untilOn = comesBack ? Optional.of(onDelay) : Optional.empty();
    }

    /** The other device says whether it is on. Only a change is believed: the word for a turn just ordered is late. */
    void seen(boolean now) {
        if (seen.isPresent() && seen.get() == now) return;
        seen = Optional.of(now);
        on = now;
        if (now) shutDown = false;
    }

    /** Time has passed. */
    Optional<Turn> pass(Duration time, boolean powered) {
        if (untilOff.isPresent()) {
            untilOff = left(untilOff.get(), time);
            if (untilOff.isPresent()) return Optional.empty();
            on = false;
            shutDown = true;
            return Optional.of(Turn.OFF);
        }
        if (untilOn.isEmpty()) return Optional.empty();
        untilOn = powered ? left(untilOn.get(), time) : Optional.of(onDelay);
        if (untilOn.isPresent()) return Optional.empty();
        on = true;
        shutDown = false;
        return Optional.of(Turn.ON);
    }

    /** Whether it is on, and nothing is ordered. */
    boolean idle() {
        return on && untilOff.isEmpty() && untilOn.isEmpty();
    }

    boolean counts() {
        return untilOff.isPresent() || untilOn.isPresent();
    }

    boolean fsd() {
        return untilOff.isPresent() || shutDown;
    }

    /** Seconds, as ups.timer.shutdown has them: -1 when nothing is ordered. */
    String shutdownTimer() {
        return seconds(untilOff);
    }

    /** The same until it comes back. */
    String startTimer() {
        return seconds(untilOn);
    }

    private static Optional<Duration> left(Duration before, Duration time) {
        Duration left = before.minus(time);
        return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
    }

    private static String seconds(Optional<Duration> timer) {
        return Long.toString(timer.map(left -> left.plusMillis(999).toSeconds()).orElse(-1L));
    }
}
