package org.cobnut.drivers.bcmxcp;

import java.io.IOException;
import java.time.Duration;
import org.cobnut.table.line.RequestLine;

/** XCP over a serial line. */
record SerialXcpLine(RequestLine line) implements XcpLine {
    private static final Duration WAIT = Duration.ofSeconds(1);

    @Override
    public void send(String frame) throws IOException {
        line.send(frame);
    }

    @Override
    public String block(int length) throws IOException {
        return line.block(length, WAIT);
    }

    @Override
    public void rest(Duration wait) throws IOException {
        line.rest(wait);
    }

    @Override
    public void close() {
        line.close();
    }
}
