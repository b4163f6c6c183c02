package org.cobnut.drivers.victron;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.link.NoAnswerException;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.RequestLine;

/**
 * What a VE.Direct port sends by itself: blocks of lines LABEL, tab, value. The last line of a block has the label Checksum
 * and one byte, with which the sum of all bytes is 0. Answers to commands stand between lines, from a colon to a line feed.
 */
final class VeBlocks implements AutoCloseable {
    private static final String END = "Checksum\t";
    private static final Pattern LINE = Pattern.compile("\\r\\n([A-Za-z0-9_#]{1,20})\\t([ -~]{0,64})");
    private static final int LONGEST = 1500;
    private static final int WRONG_SUM = 0x55;

    /** A unit sends a block a second. */
    private static final Duration WAIT = Duration.ofMillis(2500);

    private final RequestLine line;

    VeBlocks(RequestLine line) {
        this.line = line;
    }

    /**
     * The values of the next block that is whole, by their labels.
     *
     * @throws NoAnswerException when nothing came, or no end
     * @throws UnfitAnswerException when what came is no block
     */
    Map<String, String> next() throws IOException {
        var text = new StringBuilder();
        long deadline = System.nanoTime() + WAIT.toNanos();
        while (text.length() < LONGEST) {
            Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
            char one = line.block(1, left).charAt(0);
            text.append(one);
            if (one == '\n') dropReply(text);
            int end = text.length() - 1 - END.length();
            if (end < 0 || !text.substring(end, text.length() - 1).equals(END)) continue;
            int begin = text.indexOf("\r\n");
            if (begin >= 0 && (text.substring(begin).chars().sum() & 0xff) == 0)
                return values(text.substring(begin, end));
            text.setLength(0); // we came in the middle of it, or it is spoilt
        }
        throw new UnfitAnswerException("what it sends is no block of VE.Direct");
    }

    /** Sends a command: its digit and bytes, all hexadecimal, and the byte that makes their sum 0x55. */
    void command(char digit, String bytes) throws IOException {
        int sum = Character.digit(digit, 16);
        for (int at = 0; at < bytes.length(); at += 2) sum += Integer.parseInt(bytes.substring(at, at + 2), 16);
        line.append(":" + digit + bytes + String.format(Locale.ROOT, "%02X", (WRONG_SUM - sum) & 0xff) + "\n");
    }

    @Override
    public void close() {
        line.close();
    }

    private static void dropReply(StringBuilder text) {
        int colon = text.lastIndexOf(":");
        if (colon >= 0 && text.substring(colon + 1, text.length() - 1).matches("[0-9A-F]+")) text.setLength(colon);
    }

    private static Map<String, String> values(String block) throws UnfitAnswerException {
        var values = new TreeMap<String, String>();
        Matcher lines = LINE.matcher(block);
        int at = 0;
        while (lines.find() && lines.start() == at) {
            values.put(lines.group(1), lines.group(2));
            at = lines.end();
        }
        if (!block.substring(at).equals("\r\n")) throw new UnfitAnswerException("a line of its block is spoilt");
        return values;
    }
}
