package org.cobnut.drivers.megatec.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.cobnut.link.ByteLink;

/** Texts over a serial line, or over anything else that carries bytes. */
public final class SerialTextLine implements TextLine {
    private final ByteLink link;

    public SerialTextLine(ByteLink link) {
        this.link = link;
    }

    @Override
    public void send(String text) throws IOException {
        link.discard();
        link.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public String receive(Duration wait) throws IOException {
        return new String(link.readUntil('\r', LONGEST, wait), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        link.close();
    }
}
