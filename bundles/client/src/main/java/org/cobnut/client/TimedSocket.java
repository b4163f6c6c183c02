package org.cobnut.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A socket whose reads end at a deadline, however slowly bytes arrive; this includes the reads of a TLS layer on top,
 * and so a whole handshake.
 */
final class TimedSocket extends Socket {
    private long deadline;

    /** Sets the deadline of all reads (of {@link System#nanoTime}). */
    void deadline(long nanos) {
        deadline = nanos;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                limit();
                return super.read();
            }

            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                limit();
                return super.read(into, from, most);
            }
        };
    }

    private void limit() throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) throw new SocketTimeoutException("Read timed out");
        setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
    }
}
