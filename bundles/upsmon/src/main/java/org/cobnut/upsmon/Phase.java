package org.cobnut.upsmon;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** How far this machine is on its way down. The only way back is a SHUTDOWNCMD that cannot be made to work. */
sealed interface Phase {
    /** Nothing is decided. */
    record Watching() implements Phase {}

    /**
     * A primary waits until the others have left.
     *
     * @param asked when it last asked how many are there
     * @param counted what came back so far
     * @param told whether people know that it waits
     */
    record Syncing(long since, long asked, Map<String, OptionalInt> counted, boolean told) implements Phase {
        public Syncing {
            counted = Collections.unmodifiableMap(new HashMap<>(counted));
        }
    }

    /** People have FINALDELAY to save their work. */
    record Leaving(long since) implements Phase {}

    /** SHUTDOWNCMD was run. */
    record Down(long since) implements Phase {}

    /** The logins may end. */
    record Gone() implements Phase {}
}
