package org.cobnut.table.line;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.cobnut.link.ByteLink;
import org.cobnut.link.NoAnswerException;
import org.cobnut.table.UnfitAnswerException;

/**
 * A device that is asked one thing at a time. Text has one character for each byte (ISO 8859-1). One session, one thread; any
 * call may block for as long as it says, and throws IOException when the link is lost.
 */
public final class RequestLine implements AutoCloseable {
    private static final int AHEAD = 256;

    private final ByteLink link;
    private final Duration pace;
    /** What arrived while nobody read. */
    private final ByteArrayOutputStream ahead = new ByteArrayOutputStream();

    /** One try of something that may be repeated. */
    @FunctionalInterface
    public interface Attempt<T> {
        /**
         * Asks once.
         *
         * @throws NoAnswerException when nothing came, or too little
         * @throws UnfitAnswerException when what came is no answer to this
         */
        T ask() throws IOException;
    }

    /** Takes over the link, which {@link #close} gives back. */
    public RequestLine(ByteLink link) {
        this(link, Duration.ZERO);
    }

    /** @param pace the rest behind each byte that is sent */
    public RequestLine(ByteLink link, Duration pace) {
        this.link = link;
        this.pace = pace;
    }

    /** The link below, for modem lines and speed. */
    public ByteLink link() {
        return link;
    }

    /** Throws away what has arrived, then sends. */
    public void send(String text) throws IOException {
        discard();
        append(text);
    }

    /** Sends, and keeps what has arrived. */
    public void append(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (pace.isZero()) {
            link.write(bytes);
            return;
        }
        for (byte one : bytes) {
            link.write(new byte[] {one});
            rest(pace);
        }
    }

    /** Throws away what has arrived. */
    public void discard() throws IOException {
        ahead.reset();
        link.discard();
    }

    /** Waits so long; what arrives meanwhile stays to be read. */
    public void rest(Duration wait) throws IOException {
        var bytes = new byte[AHEAD];
        long deadline = System.nanoTime() + wait.toNanos();
        for (long left = wait.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            int count = link.read(bytes, Duration.ofNanos(left));
            if (count == 0) return;
            ahead.write(bytes, 0, count);
        }
    }

    /**
     * Waits for an answer up to its end.
     *
     * @param end the character that ends it
     * @param limit the longest answer, its end included
     * @param wait for the whole answer
     * @return the answer without its end
     * @throws NoAnswerException when the end did not come in time, or not within the limit
     */
    public String line(char end, int limit, Duration wait) throws IOException {
        var answer = new ByteArrayOutputStream();
        var one = new byte[1];
        long deadline = System.nanoTime() + wait.toNanos();
        while (answer.size() < limit) {
            if (next(one, deadline) == 0) break;
            if (one[0] == (byte) end) return text(answer.toByteArray());
            answer.write(one[0]);
        }
        throw new NoAnswerException(answer.toByteArray(), wait);
    }

    /**
     * Waits for an answer of this length.
     *
     * @throws NoAnswerException when less came in time
     */
    public String block(int length, Duration wait) throws IOException {
        var answer = new ByteArrayOutputStream();
        var one = new byte[1];
        long deadline = System.nanoTime() + wait.toNanos();
        while (answer.size() < length && next(one, deadline) > 0) answer.write(one[0]);
        if (answer.size() < length) throw new NoAnswerException(answer.toByteArray(), wait);
        return text(answer.toByteArray());
    }

    /**
     * Asks until a fit answer comes, so often at most. Only for what changes nothing in the device.
     *
     * @throws NoAnswerException when nothing came at last, or too little
     * @throws UnfitAnswerException when what came at last is no answer to this
     */
    public static <T> T repeat(int tries, Attempt<T> attempt) throws IOException {
        for (int left = tries - 1; ; left--) {
            try {
                return attempt.ask();
            } catch (NoAnswerException | UnfitAnswerException e) {
                if (left <= 0) throw e;
            }
        }
    }

    @Override
    public void close() {
        link.close();
    }

    private int next(byte[] one, long deadline) throws IOException {
        if (ahead.size() > 0) {
            byte[] bytes = ahead.toByteArray();
            one[0] = bytes[0];
            ahead.reset();
            ahead.write(bytes, 1, bytes.length - 1);
            return 1;
        }
        long left = deadline - System.nanoTime();
        return left <= 0 ? 0 : link.read(one, Duration.ofNanos(left));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
