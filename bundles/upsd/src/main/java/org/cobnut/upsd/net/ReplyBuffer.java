package org.cobnut.upsd.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the replies to what was read at once, so that they leave in one write. A long reply is not copied, because
 * several connections may send the same one; it leaves in parts, each after the channel has sent the one before. One
 * event loop.
 */
final class ReplyBuffer {
    private static final int USUAL = 512;

    /** With this many bytes gathered the channel gets them, so that its limits count; a longer reply counts as long. */
    private static final int FULL = 16 * 1024;

    private static final int PART = 64 * 1024;

    private @Nullable ByteBuf replies;
    private byte @Nullable [] longReply;
    private int at;
    private long bytesWritten;

    void add(ChannelHandlerContext ctx, byte[] reply) {
        if (reply.length > FULL) {
            writeTo(ctx);
            longReply = reply;
            at = 0;
            return;
        }
        ByteBuf gathered = replies;
        if (gathered == null) gathered = ctx.alloc().directBuffer(Math.max(USUAL, reply.length));
        replies = gathered.writeBytes(reply);
        if (gathered.readableBytes() >= FULL) writeTo(ctx);
    }

    /** The long reply that is being sent, behind which no other may be added; null when there is none. */
    byte @Nullable [] longReply() {
        return longReply;
    }

    /** Writes what is gathered, and the next part of a long reply, to the channel; the next flush sends it. */
    void writeTo(ChannelHandlerContext ctx) {
        ByteBuf gathered = replies;
        replies = null;
        if (gathered != null) write(ctx, gathered);
        byte[] reply = longReply;
        if (reply == null) return;
        int part = Math.min(PART, reply.length - at);
        write(ctx, ctx.alloc().directBuffer(part, part).writeBytes(reply, at, part));
        at += part;
        if (at == reply.length) longReply = null;
    }

    /** Drops what was not written: the channel is closed. */
    void discard() {
        ByteBuf gathered = replies;
        replies = null;
        longReply = null;
        if (gathered != null) gathered.release();
    }

    /** How many bytes were written to the channel so far. */
    long bytesWritten() {
        return bytesWritten;
    }

    private void write(ChannelHandlerContext ctx, ByteBuf bytes) {
        bytesWritten += bytes.readableBytes();
        ctx.write(bytes, ctx.voidPromise());
    }
}
