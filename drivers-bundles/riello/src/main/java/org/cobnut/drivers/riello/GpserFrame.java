package org.cobnut.drivers.riello;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.RequestLine;

/**
 * A frame of GPSER: STX, two bytes, two letters, the length of the data in two digits, data, four digits of a check, ETX. A
 * digit is a character from 0x30 on, so that ':' stands for 10 and '?' for 15. Immutable.
 */
final class GpserFrame {
    static final char STX = 2;
    static final char ETX = 3;
    private static final String FROM_HOST = " \"";
    private static final int NAK = 0x15;
    private static final int DATA = 7;
    /** Behind the data: the check and ETX. */
    private static final int TAIL = 5;

    private static final int LONGEST = 220;
    private static final int CRC_START = 0x554D;

    private final byte[] bytes;

    private GpserFrame(byte[] bytes) {
        this.bytes = bytes;
    }

    /** What asks or orders. */
    static String request(String letters, String data, boolean crc) {
        String text = STX + FROM_HOST + letters + digits(data.length() / 10, 1) + digits(data.length() % 10, 1) + data;
        byte[] head = text.getBytes(StandardCharsets.ISO_8859_1);
        return text + digits(check(head, head.length, crc), 4) + ETX;
    }

    /**
     * Reads the answer to those letters.
     *
     * @throws UnfitAnswerException when its check is wrong, when the UPS refused, or when it answers something else
     */
    static GpserFrame read(RequestLine line, Duration wait, String letters, boolean crc) throws IOException {
        String text = next(line, wait);
        if (text.startsWith(FROM_HOST)) text = next(line, wait); // our own request came back
        if (text.length() > 2 && text.charAt(2) == NAK) throw new UnfitAnswerException("the UPS refused it");
        byte[] bytes = (STX + text + ETX).getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < DATA + TAIL)
            throw new UnfitAnswerException("its answer has " + bytes.length + " bytes only");
        var frame = new GpserFrame(bytes);
        if (frame.number(bytes.length - TAIL, 4) != check(bytes, bytes.length - TAIL, crc))
            throw new UnfitAnswerException("the check of its answer is wrong");
        String said = frame.text(3, 2);
        if (said.matches("[A-Z]{2}") && !said.equals(letters))
            throw new UnfitAnswerException("it answers " + said + " instead");
        return frame;
    }

    /** What stands between STX and ETX; what came before was noise. */
    private static String next(RequestLine line, Duration wait) throws IOException {
        String text = line.line(ETX, LONGEST, wait);
        return text.substring(text.lastIndexOf(STX) + 1);
    }

    /** Whether it has data up to there. */
    boolean holds(int from, int length) {
        return from + length <= bytes.length - TAIL;
    }

    String text(int from, int length) {
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    long number(int from, int digits) {
        long number = 0;
        for (int i = from; i < from + digits; i++) number = number * 16 + (bytes[i] & 0xf);
        return number;
    }

    /** A number in such digits, the highest first. */
    static String digits(long number, int count) {
        var text = new char[count];
        for (int i = 0; i < count; i++) text[count - 1 - i] = (char) ('0' + (number >> (4 * i) & 0xf));
        return new String(text);
    }

    /** The sum of the bytes behind the first, or their CRC. */
    static int check(byte[] bytes, int length, boolean crc) {
        byte[] covered = Arrays.copyOfRange(bytes, 1, length);
        int check = crc ? CRC_START : 0;
        for (byte one : covered) check = crc ? step(check, one & 0xff) : (check + (one & 0xff)) & 0xffff;
        return check;
    }

    private static int step(int crc, int one) {
        int mixed = (crc ^ one) & 0xff;
        mixed = (mixed ^ (mixed << 4)) & 0xff;
        return (crc >> 8) ^ (((mixed << 8) ^ (mixed << 3) ^ (mixed >> 4)) & 0xffff);
    }
}
