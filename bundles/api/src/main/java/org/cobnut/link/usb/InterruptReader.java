package org.cobnut.link.usb;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.cobnut.link.NoAnswerException;

/**
 * The bytes that a device sends in packets on an interrupt endpoint, for links of bytes over USB. One thread at a time; it
 * holds nothing that is to be closed.
 */
public final class InterruptReader {
    /** Packets of an old answer that are thrown away, at most, and how long none must come for that. */
    private static final int MOST_OLD = 300;

    private static final Duration QUIET = Duration.ofMillis(5);

    private final UsbLink link;
    private final int endpoint;
    private final int length;
    private final UnaryOperator<byte[]> content;
    private byte[] unread = {};

    /**
     * A reader with nothing to read yet.
     *
     * @param endpoint its address, with the bit of its direction
     * @param length bytes of a packet at most
     * @param content what of a packet is for the reader; empty for a packet that says nothing to it
     */
    public InterruptReader(UsbLink link, int endpoint, int length, UnaryOperator<byte[]> content) {
        this.link = link;
        this.endpoint = endpoint;
        this.length = length;
        this.content = content;
    }

    /**
     * Reads what there is, as {@link org.cobnut.link.ByteLink#read} does.
     *
     * @return how many bytes came; 0 when none came in that time. A halt of the endpoint is ended, and counts as silence
     * @throws IOException when the device is gone
     */
    public int read(byte[] into, Duration wait) throws IOException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (unread.length == 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || !packet(Duration.ofNanos(left))) return 0;
        }
        int count = Math.min(into.length, unread.length);
        System.arraycopy(unread, 0, into, 0, count);
        unread = Arrays.copyOfRange(unread, count, unread.length);
        return count;
    }

    /**
     * Forgets what came, until the device is quiet.
     *
     * @throws IOException when the device is gone
     */
    public void discard() throws IOException {
        boolean more = true;
        for (int i = 0; i < MOST_OLD && more; i++) more = packet(QUIET);
        unread = new byte[0];
    }

    private boolean packet(Duration wait) throws IOException {
        try {
            unread = content.apply(link.interruptIn(endpoint, length, wait));
            return true;
        } catch (NoAnswerException none) {
            return false;
        } catch (StallException halted) {
            link.clearHalt(endpoint);
            return false;
        }
    }
}
