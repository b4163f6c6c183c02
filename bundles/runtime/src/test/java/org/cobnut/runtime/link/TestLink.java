package org.cobnut.runtime.link;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.cobnut.link.ByteLink;

/** A link on which nothing ever comes, and which counts how often it was closed. */
public final class TestLink implements ByteLink {
    final AtomicInteger closes = new AtomicInteger();

    @Override
    public void write(byte[] bytes) {
        throw new AssertionError("nothing is sent");
    }

    @Override
    public int read(byte[] into, Duration wait) {
        return 0;
    }

    @Override
    public void discard() {
        throw new AssertionError("nothing came");
    }

    @Override
    public void close() {
        closes.incrementAndGet();
    }
}
