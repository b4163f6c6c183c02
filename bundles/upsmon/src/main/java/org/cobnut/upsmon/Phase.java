package org.cobnut.upsmon;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** How far this machine is on its way down. The way back is a SHUTDOWNCMD that cannot be made to work, or somebody who says so. */
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

    /** SHUTDOWNCMD is run, or has been. */
    record Down(long since, Attempt attempt) implements Phase {}

    /** The logins may end. */
    record Gone(Attempt attempt) implements Phase {}

    /**
     * How SHUTDOWNCMD fares.
     *
     * @param fault of the last try; empty when none has failed
     * @param ended when it ended well
     * @param told when people were told last that this machine is up all the same
     */
    record Attempt(String fault, long ended, long told) {
        static final Attempt NONE = new Attempt("", Nanos.NEVER, Nanos.NEVER);

        boolean well() {
            return ended != Nanos.NEVER;
        }
    }

    /** What is known of SHUTDOWNCMD; nothing before it is run. */
    default Optional<Attempt> tried() {
        if (this instanceof Down down) return Optional.of(down.attempt());
        return this instanceof Gone gone ? Optional.of(gone.attempt()) : Optional.empty();
    }

    /** The same with other news of SHUTDOWNCMD. */
    default Phase with(Attempt attempt) {
        if (this instanceof Down down) return new Down(down.since(), attempt);
        return this instanceof Gone ? new Gone(attempt) : this;
    }
}
