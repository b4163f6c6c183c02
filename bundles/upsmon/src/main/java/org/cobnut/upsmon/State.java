package org.cobnut.upsmon;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that the engine remembers between two steps. Immutable.
 *
 * @param watches by name in MONITOR
 * @param at the last step
 * @param interval at which UPSes are looked at, in seconds
 * @param woke when the machine was last found to have slept or stood still
 * @param rest what logind says of sleep
 * @param before what people were told before the start, of UPSes that have not been watched since
 */
record State(
        Map<String, Watch> watches,
        Phase phase,
        long at,
        int interval,
        long woke,
        Rest rest,
        Map<String, Told> before) {
    /**
     * Whether the machine is about to sleep.
     *
     * @param until as long as this, a missing answer says nothing
     */
    record Rest(boolean begun, long until) {
        static final Rest NONE = new Rest(false, Nanos.NEVER);

        boolean quiet(long now) {
            return until != Nanos.NEVER && now - until < 0;
        }
    }

    State {
        watches = Collections.unmodifiableMap(new LinkedHashMap<>(watches));
        before = Map.copyOf(before);
    }

    static State start(long now) {
        return start(now, Map.of());
    }

    /** The beginning of a watch, of UPSes of which people were told this before. */
    static State start(long now, Map<String, Told> before) {
        return new State(Map.of(), new Phase.Watching(), now, 0, Nanos.NEVER, Rest.NONE, before);
    }

    /** Whether what was asked at that moment is of the time before the machine slept or stood still. */
    boolean outlived(long asked) {
        return woke != Nanos.NEVER && asked - woke < 0;
    }
}
