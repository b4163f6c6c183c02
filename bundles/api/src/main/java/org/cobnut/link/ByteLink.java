package org.cobnut.link;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Bytes to and from one device, in order, over whatever a {@link LinkProvider} opened. Used by one thread at a
 * time, but for {@link #close}. Any call may be ended by an interrupt, with {@link java.io.InterruptedIOException};
 * every other IOException means that the link is lost (unplugged, hung up, closed) and stays so: open another.
 */
@ProviderType
public interface ByteLink extends Link {
    /** Sends all of these; returns when they are on their way. */
    void write(byte[] bytes) throws IOException;

    /**
     * Waits for bytes and takes what is there, at most as many as fit.
     *
     * @return how many; 0 when none came in time
     */
    int read(byte[] into, Duration wait) throws IOException;

    /** Throws away what has arrived and was not read. */
    void discard() throws IOException;

    /**
     * Waits for an answer up to and with its end; what follows it stays to be read.
     *
     * @param limit longest answer, its end included
     * @param wait for the whole answer
     * @throws NoAnswerException when the end did not come in time, or not within the limit; the link is still good
     */
    default byte[] readUntil(int end, int limit, Duration wait) throws IOException {
        var answer = new ByteArrayOutputStream(limit);
        var one = new byte[1];
        long deadline = System.nanoTime() + wait.toNanos();
        while (answer.size() < limit) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || read(one, Duration.ofNanos(left)) == 0) break;
            answer.write(one[0]);
            if (one[0] == (byte) end) return answer.toByteArray();
        }
        throw new NoAnswerException(answer.toByteArray(), wait);
    }
}
