package org.cobnut.upsmon.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cobnut.upsmon.time.Nanos;

/**
 * Everything that the engine keeps between two steps. Immutable.
 *
 * @param upses by name in MONITOR
 * @param at the time of the last step
 * @param interval seconds between two polls of a UPS
 * @param woke when the machine was last found to have slept or stood still
 * @param rest what logind says about sleep
 * @param before what was notified before the start, for UPSes that have not been monitored since
 */
public record State(
        Map<String, UpsState> upses,
        Phase phase,
        long at,
        int interval,
        long woke,
        SleepState rest,
        Map<String, NotifiedState> before) {
    /**
     * Whether the machine is about to sleep or has just slept.
     *
     * @param until until when a missing answer does not count
     */
    record SleepState(boolean begun, long until) {
        static final SleepState NONE = new SleepState(false, Nanos.NEVER);

        boolean quiet(long now) {
            return until != Nanos.NEVER && now - until < 0;
        }
    }

    public State {
        upses = Collections.unmodifiableMap(new LinkedHashMap<>(upses));
        before = Map.copyOf(before);
    }

    public static State start(long now) {
        return start(now, Map.of());
    }

    /** The first state, with what was notified before. */
    public static State start(long now, Map<String, NotifiedState> before) {
        return new State(Map.of(), new Phase.Monitoring(), now, 0, Nanos.NEVER, SleepState.NONE, before);
    }

    /** Whether a request of that time comes from before the machine slept or stood still. */
    public boolean outlived(long asked) {
        return woke != Nanos.NEVER && asked - woke < 0;
    }
}
