package org.cobnut.table;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.cobnut.model.Outcome;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads and writes addresses of one device: columns of an answer, objects of SNMP or HID, registers. Called by one thread
 * at a time; each call may block, within the deadline of the session's call.
 *
 * @param <A> the address; its {@code equals} compares by value
 */
@ConsumerType
public interface Wire<A> extends AutoCloseable {
    /**
     * What is asked to have this address: a question, a report, a block. The rows of one unit are answered together or not
     * at all. Its text stands in messages.
     */
    default Object unit(A address) {
        return address;
    }

    /** How many units one {@link #read} takes at most; 1 for a device that is asked one thing at a time. */
    default int batch() {
        return 1;
    }

    /**
     * How many units may stay without an answer in one poll before the others wait for the next, so that a poll ends in time. A
     * wire whose device says at once that it does not have something may have more patience than one that waits for it.
     */
    default int patience() {
        return 6;
    }

    /**
     * Reads these addresses, which are all of one or several units.
     *
     * @return what the device answered; an address is absent when the device did not answer for it
     * @throws LostAnswerException when the device may have what is asked, though no answer came
     * @throws IOException when the device is lost, or did not answer what it must
     */
    Map<A, String> read(List<A> addresses) throws IOException;

    /** Writes one address, once: a write is never repeated. */
    Outcome write(A address, String raw) throws IOException;

    /** Gives back what it holds; harmless when repeated. */
    @Override
    void close();
}
