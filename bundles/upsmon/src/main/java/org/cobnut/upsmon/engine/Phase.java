package org.cobnut.upsmon.engine;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.cobnut.upsmon.time.Nanos;

/** How far a shutdown of this machine is. It is called off when SHUTDOWNCMD fails for good, or on request. */
public sealed interface Phase {
    /** No shutdown is decided. */
    record Monitoring() implements Phase {}

    /**
     * A primary waits until the secondaries have logged out.
     *
     * @param asked when the logins were last asked for
     * @param counted the answers so far
     * @param told whether people were notified of the wait
     */
    record Syncing(long since, long asked, Map<String, OptionalInt> counted, boolean told) implements Phase {
        public Syncing {
            counted = Collections.unmodifiableMap(new HashMap<>(counted));
        }
    }

    /** FINALDELAY runs, in which people can save their work. */
    record FinalDelay(long since) implements Phase {}

    /** SHUTDOWNCMD runs, or has run. */
    record ShuttingDown(long since, Attempt attempt) implements Phase {}

    /** The logins may end. */
    record Exiting(Attempt attempt) implements Phase {}

    /**
     * The state of SHUTDOWNCMD.
     *
     * @param fault of the last try; empty when none has failed
     * @param ended when it ended well
     * @param told when people were last notified that this machine is still up
     */
    record Attempt(String fault, long ended, long told) {
        public static final Attempt NONE = new Attempt("", Nanos.NEVER, Nanos.NEVER);

        public boolean well() {
            return ended != Nanos.NEVER;
        }
    }

    /** The state of SHUTDOWNCMD; empty before it runs. */
    default Optional<Attempt> tried() {
        if (this instanceof ShuttingDown down) return Optional.of(down.attempt());
        return this instanceof Exiting gone ? Optional.of(gone.attempt()) : Optional.empty();
    }

    /** The same phase with another state of SHUTDOWNCMD. */
    default Phase with(Attempt attempt) {
        if (this instanceof ShuttingDown down) return new ShuttingDown(down.since(), attempt);
        return this instanceof Exiting ? new Exiting(attempt) : this;
    }
}
