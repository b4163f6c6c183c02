package org.cobnut.link;

import java.io.IOException;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A serial line: bytes, the modem lines beside them, and how the line is set. A pseudo-terminal and some converters have
 * no modem lines: setting one fails there, and every input reads false.
 */
@ProviderType
public interface SerialLink extends ByteLink {
    /**
     * Sets Data Terminal Ready.
     *
     * @throws IOException when the line has no such signal, or is lost
     */
    void dtr(boolean on) throws IOException;

    /**
     * Sets Request To Send.
     *
     * @throws IOException when the line has no such signal, or is lost
     */
    void rts(boolean on) throws IOException;

    /** Reads Clear To Send. */
    boolean cts() throws IOException;

    /** Reads Data Set Ready. */
    boolean dsr() throws IOException;

    /** Reads Data Carrier Detect. */
    boolean dcd() throws IOException;

    /** Reads the Ring Indicator. */
    boolean ring() throws IOException;

    /** Holds the line in the break state for so long; returns when that is over. An interrupt ends it. */
    void sendBreak(Duration length) throws IOException;

    /**
     * Changes the speed of the open line; what was written before is sent at the old speed.
     *
     * @param bits a second
     */
    void speed(int bits) throws IOException;

    /**
     * Waits until all bytes that were written have left the machine.
     *
     * @return false when some are still there after so long
     */
    boolean drain(Duration wait) throws IOException;
}
