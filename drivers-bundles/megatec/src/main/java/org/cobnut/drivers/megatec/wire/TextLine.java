package org.cobnut.drivers.megatec.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.cobnut.link.usb.UsbIdentity;

/**
 * Carries texts to a UPS and back: a serial line, or a chip on USB. Used by one thread at a time. Any call may throw an
 * IOException of the link below, which means that the device is lost.
 */
public interface TextLine extends AutoCloseable {
    /** The longest answer of the family has 130 characters; one that does not end is noise. */
    int LONGEST = 256;

    /** Throws away what has come and was not received, and sends a text that ends with CR. */
    void send(String text) throws IOException;

    /**
     * Waits for the next answer.
     *
     * @return it, with its CR
     * @throws org.cobnut.link.NoAnswerException when none came in time, or none that ends; the line is still good
     */
    String receive(Duration wait) throws IOException;

    /** How long an answer to what was sent may take. */
    default Duration patience() {
        return Duration.ofSeconds(1);
    }

    /** The device at the other end, when it is on USB. */
    default Optional<UsbIdentity> usb() {
        return Optional.empty();
    }

    @Override
    void close();
}
