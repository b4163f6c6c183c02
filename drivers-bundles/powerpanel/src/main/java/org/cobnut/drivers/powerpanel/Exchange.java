package org.cobnut.drivers.powerpanel;

import java.io.IOException;
import java.time.Duration;
import org.cobnut.link.ByteLink;
import org.cobnut.link.SerialLink;
import org.cobnut.table.line.RequestLine;

/** Requests and answers on the line. */
final class Exchange implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final int LONGEST = 256;

    private final RequestLine line;

    /** @param pace the rest behind each byte */
    Exchange(ByteLink link, Duration pace) {
        this.line = new RequestLine(link, pace);
    }

    /** Sets the speed, where the line has one. */
    void speed(int bits) throws IOException {
        if (line.link() instanceof SerialLink serial) serial.speed(bits);
    }

    /** Sends what ends whatever the UPS has heard so far; it does not answer, or says that it did not understand. */
    void wake() throws IOException {
        line.send("\r\r");
        line.rest(Duration.ofMillis(100));
    }

    /** Sends, and waits for a line. */
    String line(String text) throws IOException {
        line.send(text);
        return line.line('\r', LONGEST, WAIT);
    }

    /** Sends, and waits for so many bytes. */
    String block(String text, int length) throws IOException {
        line.send(text);
        return line.block(length, WAIT);
    }

    @Override
    public void close() {
        line.close();
    }
}
