package org.cobnut.upsmon;

import java.util.function.Consumer;

/**
 * Where one MONITOR line's UPS is asked. Belongs to one thread, the {@link Sentry}'s, but for {@link #stirred} and
 * {@link #abort}; a call may block for as long as a deadline of its own.
 */
interface Source {
    /** Looks at the UPS, and logs in to it where that has not been done; what it found goes into the sink. */
    void look(Consumer<Reading> sink);

    /** Whether a look before its time would find something new. Never blocks. */
    boolean stirred();

    /** Latches FSD. */
    Reading.FsdSet fsd();

    /** Counts the logins. */
    Reading.Counted count();

    /** Logs out and lets go. */
    void close();

    /** Makes a call under way fail, from whatever thread. */
    void abort();
}
