package org.cobnut.upsd;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** Gathers the replies to what was read in one go, so that they leave in one write. One event loop. */
final class Outbox {
    private static final int USUAL = 512;

    /** With so many bytes gathered the channel is given them, so that its limits count. */
    private static final int FULL = 16 * 1024;

    private @Nullable ByteBuf replies;

    void add(ChannelHandlerContext ctx, byte[] reply) {
        ByteBuf gathered = replies;
        if (gathered == null) gathered = ctx.alloc().directBuffer(Math.max(USUAL, reply.length));
        replies = gathered.writeBytes(reply);
        if (gathered.readableBytes() >= FULL) hand(ctx);
    }

    /** Gives what is gathered to the channel, which sends it with the next flush. */
    void hand(ChannelHandlerContext ctx) {
        ByteBuf gathered = replies;
        replies = null;
        if (gathered != null) ctx.write(gathered, ctx.voidPromise());
    }
}
