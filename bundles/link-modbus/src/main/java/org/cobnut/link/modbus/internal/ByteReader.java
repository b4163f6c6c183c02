package org.cobnut.link.modbus.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.cobnut.link.ByteLink;
import org.cobnut.link.NoAnswerException;

/** Reads one response off a link, until its time is over. */
final class ByteReader {
    private final ByteLink link;
    private final Duration wait;
    private final long deadline;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    ByteReader(ByteLink link, Duration wait) {
        this.link = link;
        this.wait = wait;
        this.deadline = System.nanoTime() + wait.toNanos();
    }

    /** Reads so many bytes. */
    byte[] read(int count) throws IOException {
        var all = new byte[count];
        int have = 0;
        while (have < count) {
            var part = new byte[count - have];
            long left = deadline - System.nanoTime();
            int more = left <= 0 ? 0 : link.read(part, Duration.ofNanos(left));
            if (more == 0) throw new NoAnswerException(received.toByteArray(), wait);
            System.arraycopy(part, 0, all, have, more);
            received.write(part, 0, more);
            have += more;
        }
        return all;
    }
}
