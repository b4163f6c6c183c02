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
 */
record State(Map<String, Watch> watches, Phase phase, long at, int interval) {
    State {
        watches = Collections.unmodifiableMap(new LinkedHashMap<>(watches));
    }

    static State start(long now) {
        return new State(Map.of(), new Phase.Watching(), now, 0);
    }
}
