package org.cobnut.driver;

import java.io.IOException;
import org.cobnut.model.Outcome;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One device, open. Called by one thread at a time, never while another call is under way; a call may block for as
 * long as the runtime's deadline, and is then interrupted. When that does not end a poll, a setting or a command, an error
 * is thrown into it at the next turn of a loop of its bundle, and so it is when it fills the heap; never into
 * {@link Driver#open}, {@link #close} or a static initialiser. A session starts no thread, repeats nothing, keeps no time
 * and logs no failure: the runtime does. The runtime also closes every link that the session opened.
 */
@ConsumerType
public interface Session extends AutoCloseable {
    /**
     * Reads the device once, and says what is known of it then.
     *
     * @param due what is to be read at least
     * @throws IOException when it did not answer, or not in full; the last good values stay until they are too old
     */
    void poll(Report report, Due due) throws IOException;

    /** Writes a variable that the last poll reported as writable; length, choices and ranges are already checked. */
    default Outcome set(String variable, String value) throws IOException {
        return Outcome.unknown();
    }

    /** Runs a command that the last poll reported; {@code argument} is empty when the client gave none. */
    default Outcome run(String command, String argument) throws IOException {
        return Outcome.unknown();
    }

    /**
     * Gives back what {@link Driver#open} took beside links, which the runtime closes. Called once, also after a failed
     * poll.
     */
    @Override
    default void close() {}
}
