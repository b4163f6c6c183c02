package org.cobnut.upsd.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.cobnut.wire.Request.Query;
import org.jspecify.annotations.Nullable;

/**
 * Parsed queries by the bytes of their lines, so that a line that clients send again and again is parsed once. A new
 * query replaces an old one in its place, so the cache has a fixed size. Any thread.
 */
final class RequestCache {
    /** Longest line that is kept, with its end. */
    static final int LONGEST = 128;

    private static final int PLACES = 4096;

    private final AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(PLACES);

    private record Entry(ByteBuf line, Query query) {}

    /**
     * The query that these bytes begin with, which is then read from them. Null, and nothing is read, when the line is
     * not in the cache.
     */
    @Nullable
    Query read(ByteBuf bytes) {
        int begin = bytes.readerIndex();
        int end = bytes.indexOf(begin, Math.min(bytes.writerIndex(), begin + LONGEST), (byte) '\n');
        if (end < 0) return null;
        int length = end + 1 - begin;
        Entry entry = entries.get(index(bytes, begin, length));
        if (entry == null
                || entry.line().readableBytes() != length
                || !ByteBufUtil.equals(entry.line(), 0, bytes, begin, length)) return null;
        bytes.readerIndex(end + 1);
        return entry.query();
    }

    /** Keeps a query under the line that {@link Query#line()} writes, however the client wrote it. */
    void keep(Query query) {
        ByteBuf line = Unpooled.wrappedBuffer((query.line() + '\n').getBytes(StandardCharsets.ISO_8859_1));
        int length = line.readableBytes();
        if (length <= LONGEST) entries.set(index(line, 0, length), new Entry(line, query));
    }

    private static int index(ByteBuf bytes, int begin, int length) {
        long hash = length;
        int i = begin;
        for (int last = begin + length - Long.BYTES; i <= last; i += Long.BYTES)
            hash = (hash ^ bytes.getLongLE(i)) * 0x9e3779b97f4a7c15L;
        for (; i < begin + length; i++) hash = (hash ^ bytes.getByte(i)) * 0x9e3779b97f4a7c15L;
        return (int) (hash >>> 40) & PLACES - 1;
    }
}
