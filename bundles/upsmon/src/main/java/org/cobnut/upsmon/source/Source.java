package org.cobnut.upsmon.source;

import java.util.function.Consumer;
import org.cobnut.upsmon.engine.Reading;

/**
 * Reads the UPS of one MONITOR line. Used by the thread of its {@link UpsPoller}, except {@link #changed} and {@link
 * #abort}; a call may block until its own deadline.
 */
public interface Source {
    /** Reads the UPS, and logs in where needed; readings go to the sink. */
    void poll(Consumer<Reading> sink);

    /** Whether a poll now would find something new. Never blocks. */
    boolean changed();

    /** Latches FSD. */
    Reading.FsdSet fsd();

    /** Counts the logins. */
    Reading.LoginsCounted count();

    /** Logs out and closes. */
    void close();

    /** Makes a call that is under way fail; any thread. */
    void abort();
}
