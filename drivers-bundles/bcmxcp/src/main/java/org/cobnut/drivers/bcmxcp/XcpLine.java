package org.cobnut.drivers.bcmxcp;

import java.io.IOException;
import java.time.Duration;

/** Carries the bytes of XCP, a character each: over a serial line, or in transfers on USB. */
interface XcpLine extends AutoCloseable {
    /** Throws away what has arrived, then sends a frame. */
    void send(String frame) throws IOException;

    /**
     * Waits for so many bytes.
     *
     * @throws org.cobnut.link.NoAnswerException when fewer came in time
     */
    String block(int length) throws IOException;

    /** Waits; the unit needs time between an authorisation and its order. */
    void rest(Duration wait) throws IOException;

    @Override
    void close();
}
