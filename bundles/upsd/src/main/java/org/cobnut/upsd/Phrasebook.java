package org.cobnut.upsd;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.cobnut.wire.Request.Query;
import org.jspecify.annotations.Nullable;

/**
 * Queries by the bytes of their lines, as every client writes them, so that a line which was read before need not be
 * taken to words again: clients ask the same few things for ever. A newer query takes the place of an older one, so it
 * never grows. Any thread.
 */
final class Phrasebook {
    /** A line may be so long, its end counted, to be kept. */
    static final int LONGEST = 128;

    private static final int PLACES = 4096;

    private final AtomicReferenceArray<@Nullable Phrase> phrases = new AtomicReferenceArray<>(PLACES);

    private record Phrase(ByteBuf line, Query query) {}

    /** The query that these bytes begin with, which is read from them; nothing, and nothing read, when it is not known. */
    @Nullable
    Query read(ByteBuf bytes) {
        int begin = bytes.readerIndex();
        int end = bytes.indexOf(begin, Math.min(bytes.writerIndex(), begin + LONGEST), (byte) '\n');
        if (end < 0) return null;
        int length = end + 1 - begin;
        Phrase phrase = phrases.get(place(bytes, begin, length));
        if (phrase == null
                || phrase.line().readableBytes() != length
                || !ByteBufUtil.equals(phrase.line(), 0, bytes, begin, length)) return null;
        bytes.readerIndex(end + 1);
        return phrase.query();
    }

    /** Keeps a query under the one line that {@link Query#line()} writes; how the client wrote it does not matter. */
    void keep(Query query) {
        ByteBuf line = Unpooled.wrappedBuffer((query.line() + '\n').getBytes(StandardCharsets.ISO_8859_1));
        int length = line.readableBytes();
        if (length <= LONGEST) phrases.set(place(line, 0, length), new Phrase(line, query));
    }

    private static int place(ByteBuf bytes, int begin, int length) {
        long hash = length;
        int i = begin;
        for (int last = begin + length - Long.BYTES; i <= last; i += Long.BYTES)
            hash = (hash ^ bytes.getLongLE(i)) * 0x9e3779b97f4a7c15L;
        for (; i < begin + length; i++) hash = (hash ^ bytes.getByte(i)) * 0x9e3779b97f4a7c15L;
        return (int) (hash >>> 40) & PLACES - 1;
    }
}
