package org.cobnut.deploy.catalog;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with a failure what is longer than it may be. */
final class BoundedInput extends FilterInputStream {
    private final long most;
    private long left;

    BoundedInput(InputStream input, long most) {
        super(input);
        this.most = most;
        left = most;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        if (one >= 0) count(1);
        return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (count > 0) count(count);
        return count;
    }

    private void count(int read) throws IOException {
        left -= read;
        if (left < 0) throw new IOException("it is longer than " + (most >> 20) + " MB");
    }
}
