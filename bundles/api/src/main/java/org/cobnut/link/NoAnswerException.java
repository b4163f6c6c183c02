package org.cobnut.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The device was silent for too long, or stopped in the middle of an answer. The link itself is good. */
public final class NoAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    private final String received;

    public NoAnswerException(byte[] received, Duration waited) {
        super(
                received.length == 0
                        ? "it did not answer within %d ms".formatted(waited.toMillis())
                        : "its answer stopped after %d bytes".formatted(received.length));
        this.received = new String(received, StandardCharsets.ISO_8859_1);
    }

    /** What came, a character a byte; empty for silence. */
    public String received() {
        return received;
    }
}
