package org.cobnut.upsmon;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells the service manager that the watchman goes round (sd_notify(3)): three times as often as WATCHDOG_USEC wants it,
 * and on the way down that more time is needed. Belongs to the watchman's thread.
 */
final class Heartbeat {
    /** What the way down asks for anew, in microseconds, and how often. */
    private static final String MORE = "EXTEND_TIMEOUT_USEC=30000000";

    private static final long MORE_OFTEN = Nanos.seconds(10);

    private final Consumer<String> manager;
    private final LongSupplier nanos;
    private final long wanted;
    private final long interval;
    private long beaten = Nanos.NEVER;
    private long asked = Nanos.NEVER;

    Heartbeat(Consumer<String> manager, Map<String, String> environment, LongSupplier nanos) {
        this.manager = manager;
        this.nanos = nanos;
        String self = String.valueOf(ProcessHandle.current().pid());
        String limit = environment.getOrDefault("WATCHDOG_USEC", "");
        boolean ours = environment.getOrDefault("WATCHDOG_PID", self).equals(self) && limit.matches("[1-9]\\d{0,14}");
        this.wanted = ours ? Long.parseLong(limit) : 0;
        this.interval = wanted * 1000 / 3;
    }

    /** A service manager that is not there. */
    static Heartbeat none() {
        return new Heartbeat(text -> {}, Map.of(), () -> 0);
    }

    /** A round is done. */
    void beat(Phase phase) {
        long now = nanos.getAsLong();
        if (wanted > 0 && (beaten == Nanos.NEVER || now - beaten >= interval)) {
            // Whoever was here before may have ended the watch.
            manager.accept(beaten == Nanos.NEVER ? "WATCHDOG_USEC=" + wanted + "\nWATCHDOG=1" : "WATCHDOG=1");
            beaten = now;
        }
        if (phase instanceof Phase.Watching) asked = Nanos.NEVER;
        else if (asked == Nanos.NEVER || now - asked >= MORE_OFTEN) {
            manager.accept(MORE);
            asked = now;
        }
    }

    /** Nobody goes round any more, as was wanted; the process is none the worse for that. */
    void end() {
        if (wanted > 0) manager.accept("WATCHDOG_USEC=0");
    }
}
