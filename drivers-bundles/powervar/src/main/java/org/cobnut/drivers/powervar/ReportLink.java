package org.cobnut.drivers.powervar;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.cobnut.link.ByteLink;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.StallException;
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
    private static final int MOST_OLD = 100;
    private static final Duration SEND = Duration.ofSeconds(5);
    private static final Duration QUIET = Duration.ofMillis(5);

    private final UsbLink link;
    private byte[] unread = {};

    ReportLink(UsbLink link) {
        this.link = link;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        link.controlOut(TO_INTERFACE, SET_REPORT, FEATURE, link.interfaceNumber(), bytes, SEND);
    }

    @Override
    public int read(byte[] into, Duration wait) throws IOException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (unread.length == 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || !slice(Duration.ofNanos(left))) return 0;
        }
        int count = Math.min(into.length, unread.length);
        System.arraycopy(unread, 0, into, 0, count);
        unread = Arrays.copyOfRange(unread, count, unread.length);
        return count;
    }

    @Override
    public void discard() throws IOException {
        for (int i = 0; i < MOST_OLD && slice(QUIET); i++) unread = new byte[0];
        unread = new byte[0];
    }

    @Override
    public void close() {
        link.close();
    }

    /** Takes what comes, without zeros; false when nothing does. */
    private boolean slice(Duration wait) throws IOException {
        try {
            byte[] slice = link.interruptIn(IN, SLICE, wait);
            var kept = new byte[slice.length];
            int count = 0;
            for (byte one : slice) if (one != 0) kept[count++] = one;
            unread = Arrays.copyOf(kept, count);
            return true;
        } catch (NoAnswerException none) {
            return false;
        } catch (StallException halted) {
            link.clearHalt(IN);
            return false;
        }
    }
}
