package org.cobnut.upsmon.monitor;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.cobnut.upsmon.engine.Phase;
import org.cobnut.upsmon.time.Nanos;

/**
 * Tells the service manager that the thread of {@link UpsMonitor} runs (sd_notify(3)): three times as often as
 * WATCHDOG_USEC demands. During a shutdown it asks for more time. Used by that thread only.
 */
final class Heartbeat {
    /** What a shutdown asks for, in microseconds, and how often it asks again. */
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

    /** For a process without a service manager. */
    static Heartbeat none() {
        return new Heartbeat(text -> {}, Map.of(), () -> 0);
    }

    /** Reports a round of the thread. */
    void beat(Phase phase) {
        long now = nanos.getAsLong();
        if (wanted > 0 && (beaten == Nanos.NEVER || now - beaten >= interval)) {
            // The component before this one may have switched the watchdog off.
            manager.accept(beaten == Nanos.NEVER ? "WATCHDOG_USEC=" + wanted + "\nWATCHDOG=1" : "WATCHDOG=1");
            beaten = now;
        }
        if (phase instanceof Phase.Monitoring) asked = Nanos.NEVER;
        else if (asked == Nanos.NEVER || now - asked >= MORE_OFTEN) {
            manager.accept(MORE);
            asked = now;
        }
    }

    /** Switches the watchdog off, because the thread ends on request. */
    void end() {
        if (wanted > 0) manager.accept("WATCHDOG_USEC=0");
    }
}
