package org.cobnut.upsd;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.cobnut.wire.ErrorCode;
import org.cobnut.wire.Lexer;
import org.cobnut.wire.Reply;
import org.cobnut.wire.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: bytes into requests, replies into bytes. What is read in one go is answered in one write, but in turns
 * of {@link #TURN}, between which others are served. While the client does not take its replies nothing more is read
 * from it, and the {@link MemoryLimiter} knows what it holds. After {@link #IDLE_SECONDS} without a complete request it is
 * closed. STARTTLS puts TLS before all of it.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    /** NUT closes a connection that asked nothing for so long; not configurable there either. */
    static final long IDLE_SECONDS = 60;

    /** A connection answers requests for so long before it is the turn of others. */
    private static final long TURN = TimeUnit.MICROSECONDS.toNanos(100);

    /** And for so long at once when they come: what takes longer waits for the {@link TurnQueue}. */
    private static final long FIRST_TURN = TimeUnit.MICROSECONDS.toNanos(30);

    /** Less than this is not worth to be counted; every connection has as much. */
    private static final int LITTLE = 1024;

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private final Function<Connection, Dialogue> begin;
    private final Shared shared;
    private final Lexer lexer = new Lexer();
    private final Outbox outbox = new Outbox();
    private @Nullable Dialogue dialogue;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf rest;
    private @Nullable Future<?> idle;
    private long lastRequest;
    private MemoryLimiter.@Nullable Account account;
    private @Nullable TurnQueue turns;
    private int kept;
    private boolean lexed;
    private @Nullable Request deferred;
    private boolean mayDefer;
    private boolean spoken;
    private boolean reading = true;
    private boolean queued;
    private boolean draining;
    private boolean inputOver;
    private boolean waiting;
    private Secrecy secrecy = Secrecy.NONE;

    /** How far TLS is. */
    private enum Secrecy {
        NONE,
        BEGUN,
        COMPLETE,
        FAILED
    }

    /** What all connections of a server have in common. */
    record Shared(TlsOffer tls, ConnectionLimiter connections, MemoryLimiter memory, TurnQueue.Registry turns) {}

    Connection(Function<Connection, Dialogue> begin, Shared shared) {
        this.begin = begin;
        this.shared = shared;
    }

    /** The peer's numeric address in its shortest form, without the port. */
    String address() {
        ChannelHandlerContext now = context;
        return now != null
                        && now.channel().remoteAddress() instanceof InetSocketAddress peer
                        && peer.getAddress() != null
                ? NetUtil.toAddressString(peer.getAddress())
                : "?";
    }

    /** Whether the client has shown who it is; any thread, and perhaps a moment late. */
    boolean known() {
        Dialogue now = dialogue;
        return now != null && now.known();
    }

    /** Ends the connection without a word; any thread. */
    void close() {
        ChannelHandlerContext now = context;
        if (now != null) now.close();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        dialogue = begin.apply(this);
        account = shared.memory().account(address(), () -> ctx.executor().execute(() -> abort(ctx)));
        turns = shared.turns().of(ctx.executor());
        lastRequest = ctx.executor().ticker().nanoTime();
        watchIdle(ctx, Math.min(shared.connections().firstRequestMillis(), IDLE_SECONDS * 1000));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Dialogue now = dialogue;
        if (now != null) now.end();
        Future<?> timer = idle;
        if (timer != null) timer.cancel(false);
        drop();
        MemoryLimiter.Account held = account;
        if (held != null) held.hold(0, null, 0);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        rest = rest == null ? bytes : Unpooled.wrappedBuffer(rest, bytes);
        mayDefer = true;
        answer(ctx, FIRST_TURN);
        mayDefer = false;
        // What is read next may be the end of TLS, and nothing can be sent behind that.
        if (secrecy != Secrecy.NONE) finish(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        finish(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable() && !reading) goOnLater(ctx);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputOver = true;
            finish(ctx);
        } else if (event instanceof SslHandshakeCompletionEvent end) shaken(ctx, end);
        else if (event instanceof SslCloseCompletionEvent && ctx.channel().isActive()) {
            inputOver = true;
            finish(ctx);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException && secrecy != Secrecy.NONE) {
            // A handshake that failed tells of itself.
            if (secrecy == Secrecy.COMPLETE) log.warn("TLS with {} broke off: {}", address(), Tls.reason(cause));
        } else if (cause instanceof IOException) log.debug("{}: {}", address(), cause.getMessage());
        else log.error("Connection from {} closed: {}", address(), cause.toString(), cause);
        leave(ctx);
    }

    /** Answers what has been read, as far as the client takes the replies and its turn lasts. */
    private void answer(ChannelHandlerContext ctx, long turn) {
        Dialogue now = dialogue;
        if (now == null) return;
        long end = 0;
        for (long replied = lastRequest; mayGoOn(ctx); replied = lastRequest) {
            if (outbox.lengthy() != null) {
                outbox.hand(ctx);
                ctx.flush();
                lastRequest = ctx.executor().ticker().nanoTime();
            } else next(ctx, now);
            if (end == 0 && lastRequest != replied) end = lastRequest + turn;
            else if (end != 0 && lastRequest - end > 0) break;
        }
        if (outbox.lengthy() == null) outbox.hand(ctx);
        ByteBuf bytes = rest;
        if (bytes != null && !bytes.isReadable()) drop();
    }

    /** Whether there is something to do and the client takes more; it is sent what is gathered to find out. */
    private boolean mayGoOn(ChannelHandlerContext ctx) {
        ByteBuf bytes = rest;
        boolean more = bytes != null && bytes.isReadable();
        if (outbox.lengthy() == null && (waiting || (deferred == null ? !more : mayDefer))) return false;
        if (!ctx.channel().isWritable()) ctx.flush();
        return ctx.channel().isWritable();
    }

    /** Takes the next request from what was read, or as much of it as there is. */
    private void next(ChannelHandlerContext ctx, Dialogue now) {
        ByteBuf bytes = Objects.requireNonNullElse(rest, Unpooled.EMPTY_BUFFER);
        Request before = deferred;
        deferred = null;
        if (before != null) {
            request(ctx, now, before, bytes);
            return;
        }
        byte[] repeated = lexer.midLine() ? null : now.repeated(bytes);
        if (repeated != null) {
            reply(ctx, repeated);
            return;
        }
        lexed = true;
        while (bytes.isReadable()) {
            switch (lexer.accept(bytes.readByte())) {
                case LINE -> {
                    Request request = Request.of(lexer.words());
                    // A list that nobody has asked for may be long to make: new connections come before it.
                    if (mayDefer
                            && request instanceof Request.Query query
                            && query.subject().list()) deferred = request;
                    else request(ctx, now, request, bytes);
                    return;
                }
                case ERROR -> bytes.skipBytes(bytes.readableBytes()); // NUT gives up what it read, without a word
                case MORE -> {}
            }
        }
    }

    private void request(ChannelHandlerContext ctx, Dialogue now, Request request, ByteBuf behind) {
        CompletionStage<Void> first = now.before(request);
        if (request instanceof Request.StartTls) startTls(ctx, now, request, behind);
        else if (first == null) reply(ctx, now.answer(request));
        else {
            asked(ctx);
            waiting = true;
            first.whenComplete((done, failure) -> ctx.executor().execute(() -> resume(ctx, now, request)));
        }
    }

    /** The OK is the last that leaves in clear; what came with the request came in clear, and is not for TLS. */
    private void startTls(ChannelHandlerContext ctx, Dialogue now, Request request, ByteBuf behind) {
        if (secrecy != Secrecy.NONE) {
            reply(ctx, Queries.error(ErrorCode.ALREADY_SSL_MODE));
            return;
        }
        Optional<SslHandler> handler = shared.tls().handler(ctx.alloc());
        if (handler.isEmpty()) {
            reply(ctx, now.answer(request));
            return;
        }
        if (behind.isReadable())
            log.warn("{} bytes that {} sent together with STARTTLS are discarded", behind.readableBytes(), address());
        behind.skipBytes(behind.readableBytes());
        secrecy = Secrecy.BEGUN;
        ctx.pipeline().addFirst(handler.get());
        reply(ctx, Queries.line(new Reply.Ok("STARTTLS")));
        outbox.hand(ctx);
        ctx.flush();
    }

    private void shaken(ChannelHandlerContext ctx, SslHandshakeCompletionEvent end) {
        Dialogue now = dialogue;
        secrecy = end.isSuccess() ? Secrecy.COMPLETE : Secrecy.FAILED;
        if (!end.isSuccess()) log.warn("TLS handshake with {} failed: {}", address(), Tls.reason(end.cause()));
        else if (now != null) now.secured(Tls.certificate(ctx.pipeline().get(SslHandler.class)));
    }

    /** What had to be found out is known: goes on where it stopped, unless the client has gone. */
    private void resume(ChannelHandlerContext ctx, Dialogue now, Request request) {
        waiting = false;
        goOn(ctx, () -> reply(ctx, now.answer(request)));
    }

    /** Has another turn, after others had theirs. */
    private void goOnLater(ChannelHandlerContext ctx) {
        TurnQueue queue = turns;
        if (queued || queue == null) return;
        queued = true;
        queue.add(() -> {
            queued = false;
            goOn(ctx, () -> {});
        });
    }

    private void goOn(ChannelHandlerContext ctx, Runnable first) {
        if (!ctx.channel().isActive()) return;
        try {
            first.run();
            answer(ctx, TURN);
            finish(ctx);
        } catch (RuntimeException ours) {
            exceptionCaught(ctx, ours);
        }
    }

    private void reply(ChannelHandlerContext ctx, byte[] reply) {
        asked(ctx);
        outbox.add(ctx, reply);
    }

    private void asked(ChannelHandlerContext ctx) {
        lastRequest = ctx.executor().ticker().nanoTime();
        if (spoken) return;
        spoken = true;
        shared.connections().spoke(ctx.channel());
    }

    /** Sends what was written, and closes after a goodbye or the end of the input, once all is answered. */
    private void finish(ChannelHandlerContext ctx) {
        Dialogue now = dialogue;
        boolean answered = rest == null && deferred == null && !waiting && outbox.lengthy() == null;
        boolean last = answered && (inputOver || (now != null && now.over()));
        if (last) ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> leave(ctx));
        else ctx.flush();
        boolean writable = ctx.channel().isWritable();
        if (!answered && !waiting && writable) goOnLater(ctx);
        read(ctx, answered && writable);
        count(ctx);
    }

    /** Reads from the client, or does not. */
    private void read(ChannelHandlerContext ctx, boolean wanted) {
        if (reading == wanted || (wanted && inputOver)) return;
        reading = wanted;
        ctx.channel().config().setAutoRead(wanted);
    }

    /** Tells how much memory this connection holds, and looks again when all is sent. */
    private void count(ChannelHandlerContext ctx) {
        MemoryLimiter.Account held = account;
        ChannelOutboundBuffer out = ctx.channel().unsafe().outboundBuffer();
        if (held == null || out == null) return;
        long unsent = out.totalPendingWriteBytes();
        if (unsent > 0 && !draining) {
            draining = true;
            // Not in the listener: the channel still counts the empty buffer there, and would be given another for
            // ever.
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(sent -> ctx.executor().execute(() -> {
                        draining = false;
                        count(ctx);
                    }));
            unsent = out.totalPendingWriteBytes();
        }
        if (lexed) kept = lexer.kept();
        lexed = false;
        ByteBuf bytes = rest;
        long own = unsent + (bytes == null ? 0 : bytes.capacity()) + kept;
        held.hold(own < LITTLE ? 0 : own, outbox.lengthy(), outbox.handed() - unsent);
    }

    /** Ends the connection at once and drops all that it holds; the system need not try to send the rest. */
    private static void abort(ChannelHandlerContext ctx) {
        if (ctx.channel() instanceof SocketChannel socket) socket.config().setSoLinger(0);
        ctx.channel().unsafe().close(ctx.voidPromise());
    }

    /** The login ends before the client can see the connection end: who asks then is told of one less. */
    private void leave(ChannelHandlerContext ctx) {
        Dialogue now = dialogue;
        if (now != null) now.end();
        ctx.close();
    }

    private void drop() {
        ByteBuf bytes = rest;
        rest = null;
        if (bytes != null) bytes.release();
    }

    /** Closes the connection when it has been silent for too long, which is sooner as long as it never asked. */
    private void watchIdle(ChannelHandlerContext ctx, long millis) {
        idle = ctx.executor()
                .schedule(
                        () -> {
                            if (!ctx.channel().isActive()) return;
                            long silent = TimeUnit.NANOSECONDS.toMillis(
                                    ctx.executor().ticker().nanoTime() - lastRequest);
                            if (spoken && silent < IDLE_SECONDS * 1000)
                                watchIdle(ctx, IDLE_SECONDS * 1000 - silent + 1);
                            else leave(ctx);
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
    }
}
