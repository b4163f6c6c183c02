package org.cobnut.drivers.apcsmart.microlink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.cobnut.link.NoAnswerException;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.RequestLine;

/**
 * The memory of a unit, which it sends page by page, one for each byte FE; FD begins at the first. A page is its number, its
 * bytes and a check. The first tells how wide and how many they are.
 */
final class Pages {
    private static final String FIRST = "\u00fd";
    private static final String NEXT = "\u00fe";
    private static final int HEAD = 12;
    private static final int MOST_NOISE = 300;
    private static final int TRIES = 3;
    private static final int AROUND = 3;
    private static final int DESCRIBED = 0x08;
    private static final int AUTHENTICATE = 0x01;
    private static final Duration WAIT = Duration.ofMillis(500);

    private final RequestLine line;
    private int width;
    private byte[] memory = {};

    Pages(RequestLine line) {
        this.line = line;
    }

    /** Reads all pages. */
    void open() throws IOException {
        width = 0;
        RequestLine.repeat(TRIES, () -> {
            line.send(FIRST);
            return take();
        });
        if ((memory[6] & DESCRIBED) == 0 || memory[8] != 1)
            throw new IOException("the UPS does not describe its memory in the way that the driver knows");
        until(memory.length / width - 1);
    }

    /** Reads pages until this one has come. */
    void until(int wanted) throws IOException {
        int count = memory.length / width;
        for (int i = 0; i < AROUND * count; i++) if (next() == wanted) return;
        throw new NoAnswerException(new byte[0], WAIT);
    }

    private int next() throws IOException {
        return RequestLine.repeat(TRIES, () -> {
            line.send(NEXT);
            return take();
        });
    }

    /** The number of the page that comes. */
    private int take() throws IOException {
        var window = new StringBuilder();
        for (int read = 0; read < MOST_NOISE; read++) {
            window.append(line.block(1, WAIT));
            int length = width > 0 ? width + 3 : window.length() < 3 ? 0 : window.charAt(2) + 3;
            while (width == 0 && window.length() > 0 && window.charAt(0) != 0) window.deleteCharAt(0);
            if (length <= HEAD + 3 && width == 0 && length > 0 && window.length() >= 3) {
                window.deleteCharAt(0);
                continue;
            }
            if (length == 0 || window.length() < length) continue;
            byte[] frame = window.toString().getBytes(StandardCharsets.ISO_8859_1);
            if (checked(frame)) return keep(frame);
            window.deleteCharAt(0);
        }
        throw new UnfitAnswerException("what it sends are no pages");
    }

    private int keep(byte[] frame) throws UnfitAnswerException {
        int page = frame[0] & 0xff;
        if (width == 0) {
            width = frame.length - 3;
            memory = new byte[width * (frame[3] & 0xff)];
        }
        if ((page + 1) * width > memory.length) throw new UnfitAnswerException("it has no page " + page);
        System.arraycopy(frame, 1, memory, page * width, width);
        return page;
    }

    int width() {
        return width;
    }

    /** Bytes of the memory. */
    byte[] bytes(int from, int count) {
        return Arrays.copyOfRange(memory, from, from + count);
    }

    int size() {
        return memory.length;
    }

    boolean authenticates() {
        return (memory[6] & AUTHENTICATE) != 0;
    }

    /** Where the data begin that the description is of. */
    int data() {
        return (memory[10] & 0xff) * width + (memory[11] & 0xff);
    }

    /** Writes bytes of the memory, within one page. */
    void write(int at, byte[] bytes) throws IOException {
        var frame = new byte[bytes.length + 5];
        frame[0] = (byte) (at / width);
        frame[1] = (byte) (at % width);
        frame[2] = (byte) bytes.length;
        System.arraycopy(bytes, 0, frame, 3, bytes.length);
        check(frame);
        line.send(new String(frame, StandardCharsets.ISO_8859_1));
        System.arraycopy(bytes, 0, memory, at, bytes.length);
    }

    void close() {
        line.close();
    }

    private static boolean checked(byte[] frame) {
        byte[] right = frame.clone();
        check(right);
        return Arrays.equals(frame, right);
    }

    /** Sets the last two bytes so that both of Fletcher's sums are 0. */
    static void check(byte[] frame) {
        int sum = 0;
        int sums = 0;
        for (int i = 0; i < frame.length - 2; i++) {
            sum = (sum + (frame[i] & 0xff)) % 255;
            sums = (sums + sum) % 255;
        }
        int first = 255 - (sum + sums) % 255;
        frame[frame.length - 2] = (byte) first;
        frame[frame.length - 1] = (byte) (255 - (sum + first) % 255);
    }
}
