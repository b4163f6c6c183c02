package org.cobnut.upsd;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the replies to what was read in one go, so that they leave in one write. A long reply stays where it is, for
 * others may send it, too, and leaves in parts, each when the channel has sent the one before. One event loop.
 */
final class Outbox {
    private static final int USUAL = 512;

    /** With so many bytes gathered the channel is given them, so that its limits count; a longer reply is long. */
    private static final int FULL = 16 * 1024;

    private static final int PART = 64 * 1024;

    private @Nullable ByteBuf replies;
    private byte @Nullable [] lengthy;
    private int at;
    private long handed;

    void add(ChannelHandlerContext ctx, byte[] reply) {
        if (reply.length > FULL) {
            hand(ctx);
            lengthy = reply;
            at = 0;
            return;
        }
        ByteBuf gathered = replies;
        if (gathered == null) gathered = ctx.alloc().directBuffer(Math.max(USUAL, reply.length));
        replies = gathered.writeBytes(reply);
        if (gathered.readableBytes() >= FULL) hand(ctx);
    }

    /** The long reply under way, behind which no other may be added; null when there is none. */
    byte @Nullable [] lengthy() {
        return lengthy;
    }

    /** Gives the channel what is gathered, and the next part of a long reply; it sends that with the next flush. */
    void hand(ChannelHandlerContext ctx) {
        ByteBuf gathered = replies;
        replies = null;
        if (gathered != null) write(ctx, gathered);
        byte[] reply = lengthy;
        if (reply == null) return;
        int part = Math.min(PART, reply.length - at);
        write(ctx, ctx.alloc().directBuffer(part, part).writeBytes(reply, at, part));
        at += part;
        if (at == reply.length) lengthy = null;
    }

    /** How many bytes the channel was given until now. */
    long handed() {
        return handed;
    }

    private void write(ChannelHandlerContext ctx, ByteBuf bytes) {
        handed += bytes.readableBytes();
        ctx.write(bytes, ctx.voidPromise());
    }
}
