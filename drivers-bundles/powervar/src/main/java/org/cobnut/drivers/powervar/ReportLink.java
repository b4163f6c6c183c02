package org.cobnut.drivers.powervar;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.cobnut.link.ByteLink;
import org.cobnut.link.usb.InterruptReader;
import org.cobnut.link.usb.UsbLink;

/**
 * Text through reports of HID: a request goes out as one feature report, an answer comes in on the interrupt endpoint, eight
 * bytes at a time, the last filled up with zeros. One session, one thread, but for {@link #close}.
 */
final class ReportLink implements ByteLink {
    private static final int TO_INTERFACE = 0x21;
    private static final int SET_REPORT = 0x09;
    private static final int FEATURE = 0x0300;
    private static final int IN = 0x81;
    private static final int SLICE = 8;
    private static final Duration SEND = Duration.ofSeconds(5);

    private final UsbLink link;
    private final InterruptReader reader;

    ReportLink(UsbLink link) {
        this.link = link;
        reader = new InterruptReader(link, IN, SLICE, ReportLink::text);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        link.controlOut(TO_INTERFACE, SET_REPORT, FEATURE, link.interfaceNumber(), bytes, SEND);
    }

    @Override
    public int read(byte[] into, Duration wait) throws IOException {
        return reader.read(into, wait);
    }

    @Override
    public void discard() throws IOException {
        reader.discard();
    }

    @Override
    public void close() {
        link.close();
    }

    private static byte[] text(byte[] slice) {
        var kept = new byte[slice.length];
        int count = 0;
        for (byte one : slice) if (one != 0) kept[count++] = one;
        return Arrays.copyOf(kept, count);
    }
}
