package org.cobnut.drivers.riello;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.cobnut.link.ByteLink;
import org.cobnut.link.usb.InterruptReader;
import org.cobnut.link.usb.UsbLink;

/**
 * Cypress's chip between USB and a serial line: packets of eight bytes, of which the first counts those behind it. One session,
 * one thread, but for {@link #close}.
 */
final class CypressBridge implements ByteLink {
    private static final int OUT = 0x02;
    private static final int IN = 0x81;
    private static final int PACKET = 8;
    private static final int PAYLOAD = PACKET - 1;
    private static final int COUNT = 7;
    private static final char FILL = '0';
    private static final Duration SEND = Duration.ofSeconds(5);

    private static final int TO_INTERFACE = 0x21;
    private static final int SET_REPORT = 0x09;
    private static final int FEATURE = 0x0300;

    /** 1200 bits a second, eight of them a byte. */
    private static final byte[] LINE = {(byte) 0xb0, 0x04, 0, 0, 3};

    private final UsbLink link;
    private final InterruptReader reader;

    private CypressBridge(UsbLink link) {
        this.link = link;
        reader = new InterruptReader(link, IN, PACKET, CypressBridge::payload);
    }

    /** Tells the chip what the line is like. Takes the link over. */
    static CypressBridge open(UsbLink link) throws IOException {
        link.controlOut(TO_INTERFACE, SET_REPORT, FEATURE, 0, LINE, SEND);
        return new CypressBridge(link);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; at += PAYLOAD) {
            int count = Math.min(PAYLOAD, bytes.length - at);
            var packet = new byte[PACKET];
            Arrays.fill(packet, (byte) FILL);
            packet[0] = (byte) (FILL + count);
            System.arraycopy(bytes, at, packet, 1, count);
            link.interruptOut(OUT, packet, SEND);
        }
    }

    @Override
    public int read(byte[] into, Duration wait) throws IOException {
        return reader.read(into, wait);
    }

    @Override
    public void discard() throws IOException {
        reader.discard();
    }

    private static byte[] payload(byte[] packet) {
        int count = packet.length == 0 ? 0 : Math.min(packet[0] & COUNT, packet.length - 1);
        return count == 0 ? new byte[0] : Arrays.copyOfRange(packet, 1, 1 + count);
    }

    @Override
    public void close() {
        link.close();
    }
}
