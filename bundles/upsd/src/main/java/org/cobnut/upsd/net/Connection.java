package org.cobnut.upsd.net;

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
import org.cobnut.upsd.access.LogText;
import org.cobnut.upsd.protocol.ParsedRequest;
import org.cobnut.upsd.protocol.Queries;
import org.cobnut.upsd.protocol.RequestHandler;
import org.cobnut.upsd.tls.Tls;
import org.cobnut.upsd.tls.TlsProvider;
import org.cobnut.wire.ErrorCode;
import org.cobnut.wire.ErrorText;
import org.cobnut.wire.Lexer;
import org.cobnut.wire.Reply;
import org.cobnut.wire.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the bytes of one connection into requests, and replies into bytes. Answers what is read at once in one write,
 * but in turns of {@link #TURN}, between which other connections are served. Reads nothing more while the client does
 * not take its replies; the {@link MemoryLimiter} knows what the connection holds. Closes the connection after {@link
 * #IDLE_SECONDS} without a complete request. STARTTLS puts TLS in front of all of it.
 */
public final class Connection extends ChannelInboundHandlerAdapter {
    /** NUT closes a connection that sends no request for this time; it is not configurable there either. */
    public static final long IDLE_SECONDS = 60;

    /** A connection answers requests for this time before other connections have their turn. */
    private static final long TURN = TimeUnit.MICROSECONDS.toNanos(100);

    /** A connection answers new requests for this time at once; what takes longer waits in the {@link TurnQueue}. */
    private static final long FIRST_TURN = TimeUnit.MICROSECONDS.toNanos(30);

    /** Less than this is not counted; every connection holds as much. */
    private static final int LITTLE = 1024;

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private final Function<Connection, RequestHandler> begin;
    private final Shared shared;
    private final Lexer lexer = new Lexer();
    private final ReplyBuffer replyBuffer = new ReplyBuffer();
    private final Runnable turn = this::takeTurn;
    private @Nullable RequestHandler requestHandler;
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
    private boolean requestSeen;
    private boolean reading = true;
    private boolean draining;
    private boolean inputOver;
    private boolean waiting;
    private TlsState tlsState = TlsState.NONE;

    /** How far the TLS handshake is. */
    private enum TlsState {
        NONE,
        HANDSHAKE,
        ACTIVE,
        FAILED
    }

    /** What all connections of a server share. */
    record Shared(TlsProvider tls, ConnectionLimiter connections, MemoryLimiter memory, TurnQueue.Registry turns) {}

    public Connection(Function<Connection, RequestHandler> begin, Shared shared) {
        this.begin = begin;
        this.shared = shared;
    }

    /** The peer's numeric address in its shortest form, without the port. */
    public String address() {
        ChannelHandlerContext now = context;
        if (now == null || !(now.channel().remoteAddress() instanceof InetSocketAddress peer)) return "?";
        return peer.getAddress() == null ? "?" : NetUtil.toAddressString(peer.getAddress());
    }

    /** Whether the client is an authenticated user. Any thread may ask; the answer may be a moment old. */
    boolean authenticated() {
        RequestHandler now = requestHandler;
        return now != null && now.authenticated();
    }

    /** Closes the connection without a reply; any thread. */
    public void close() {
        ChannelHandlerContext now = context;
        if (now != null) now.close();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        requestHandler = begin.apply(this);
        account = shared.memory().account(address(), () -> ctx.executor().execute(() -> abort(ctx)));
        turns = shared.turns().of(ctx.executor());
        lastRequest = ctx.executor().ticker().nanoTime();
        watchIdle(ctx, Math.min(shared.connections().firstRequestMillis(), IDLE_SECONDS * 1000));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        RequestHandler now = requestHandler;
        if (now != null) now.end();
        Future<?> timer = idle;
        if (timer != null) timer.cancel(false);
        TurnQueue queue = turns;
        if (queue != null) queue.remove(turn);
        drop();
        replyBuffer.discard();
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
        // The next bytes may end TLS, and nothing can be sent after that.
        if (tlsState != TlsState.NONE) finish(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        finish(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable() && !reading) goOnLater();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputOver = true;
            finish(ctx);
        } else if (event instanceof SslHandshakeCompletionEvent end) handshakeDone(ctx, end);
        else if (event instanceof SslCloseCompletionEvent && ctx.channel().isActive()) {
            inputOver = true;
            finish(ctx);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException && tlsState != TlsState.NONE) {
            // handshakeDone logs a handshake that failed.
            if (tlsState == TlsState.ACTIVE)
                log.warn("TLS with {} broke off: {}", address(), LogText.printable(Tls.reason(cause)));
        } else if (cause instanceof IOException)
            log.debug("{}: the connection broke: {}", address(), ErrorText.of(cause));
        else log.error("Connection from {} closed, by a fault of upsd: {}", address(), ErrorText.of(cause), cause);
        leave(ctx);
    }

    /** Answers what has been read, for as long as the client takes the replies and the turn lasts. */
    private void answer(ChannelHandlerContext ctx, long turn) {
        RequestHandler now = requestHandler;
        if (now == null) return;
        long end = 0;
        for (long replied = lastRequest; mayGoOn(ctx); replied = lastRequest) {
            if (replyBuffer.longReply() != null) {
                replyBuffer.writeTo(ctx);
                ctx.flush();
                lastRequest = ctx.executor().ticker().nanoTime();
            } else next(ctx, now);
            if (end == 0 && lastRequest != replied) end = lastRequest + turn;
            else if (end != 0 && lastRequest - end > 0) break;
        }
        if (replyBuffer.longReply() == null) replyBuffer.writeTo(ctx);
        ByteBuf bytes = rest;
        if (bytes != null && !bytes.isReadable()) drop();
    }

    /** Whether there is a request to answer and the client takes more replies; sends what is gathered to find out. */
    private boolean mayGoOn(ChannelHandlerContext ctx) {
        ByteBuf bytes = rest;
        boolean more = bytes != null && bytes.isReadable();
        if (replyBuffer.longReply() == null && (waiting || (deferred == null ? !more : mayDefer))) return false;
        if (!ctx.channel().isWritable()) ctx.flush();
        return ctx.channel().isWritable();
    }

    /** Takes the next request from what was read, or as much of it as has arrived. */
    private void next(ChannelHandlerContext ctx, RequestHandler now) {
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
                    // A list that is not cached may take long to make, so new connections come before it.
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

    private void request(ChannelHandlerContext ctx, RequestHandler now, Request request, ByteBuf behind) {
        ParsedRequest parsed = now.parse(request);
        CompletionStage<Void> first = now.before(parsed);
        if (request instanceof Request.StartTls) startTls(ctx, now, parsed, behind);
        else if (first == null) reply(ctx, now.answer(parsed));
        else {
            requestReceived(ctx);
            waiting = true;
            first.whenComplete((done, failure) -> ctx.executor().execute(() -> resume(ctx, now, request)));
        }
    }

    /** Begins TLS. Bytes that came together with the request came in clear, so they are discarded. */
    private void startTls(ChannelHandlerContext ctx, RequestHandler now, ParsedRequest request, ByteBuf behind) {
        if (tlsState != TlsState.NONE) {
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
        tlsState = TlsState.HANDSHAKE;
        ctx.pipeline().addFirst(handler.get());
        reply(ctx, Queries.line(new Reply.Ok("STARTTLS")));
        replyBuffer.writeTo(ctx);
        ctx.flush();
    }

    private void handshakeDone(ChannelHandlerContext ctx, SslHandshakeCompletionEvent end) {
        RequestHandler now = requestHandler;
        tlsState = end.isSuccess() ? TlsState.ACTIVE : TlsState.FAILED;
        if (!end.isSuccess())
            log.warn("TLS handshake with {} failed: {}", address(), LogText.printable(Tls.reason(end.cause())));
        else if (now != null) now.secured(Tls.certificate(ctx.pipeline().get(SslHandler.class)));
    }

    /** Continues where the connection stopped, unless the client has gone: the check that it waited for has ended. */
    private void resume(ChannelHandlerContext ctx, RequestHandler now, Request request) {
        waiting = false;
        goOn(ctx, () -> reply(ctx, now.answer(now.parse(request))));
    }

    private void goOnLater() {
        TurnQueue queue = turns;
        if (queue != null) queue.add(turn);
    }

    private void takeTurn() {
        ChannelHandlerContext ctx = context;
        if (ctx != null) goOn(ctx, () -> {});
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
        requestReceived(ctx);
        replyBuffer.add(ctx, reply);
    }

    private void requestReceived(ChannelHandlerContext ctx) {
        lastRequest = ctx.executor().ticker().nanoTime();
        if (requestSeen) return;
        requestSeen = true;
        shared.connections().requestCompleted(ctx.channel());
    }

    /** Sends what was written. Closes the connection after LOGOUT or the end of the input, once all is answered. */
    private void finish(ChannelHandlerContext ctx) {
        RequestHandler now = requestHandler;
        boolean answered = rest == null && deferred == null && !waiting && replyBuffer.longReply() == null;
        boolean last = answered && (inputOver || (now != null && now.over()));
        if (last) ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> leave(ctx));
        else ctx.flush();
        boolean writable = ctx.channel().isWritable();
        if (!answered && !waiting && writable) goOnLater();
        boolean wanted = answered && writable;
        if (reading != wanted && !(wanted && inputOver)) {
            reading = wanted;
            ctx.channel().config().setAutoRead(wanted);
        }
        count(ctx);
    }

    /** Reports to the {@link MemoryLimiter} how much memory this connection holds, and again when all is sent. */
    private void count(ChannelHandlerContext ctx) {
        MemoryLimiter.Account held = account;
        ChannelOutboundBuffer out = ctx.channel().unsafe().outboundBuffer();
        if (held == null || out == null) return;
        long unsent = out.totalPendingWriteBytes();
        if (unsent > 0 && !draining) {
            draining = true;
            // Not in the listener: the channel still counts the empty buffer there, so this would never end.
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
        held.hold(own < LITTLE ? 0 : own, replyBuffer.longReply(), replyBuffer.bytesWritten() - unsent);
    }

    /** Closes the connection at once and drops all that it holds; the system does not try to send the rest. */
    private static void abort(ChannelHandlerContext ctx) {
        if (ctx.channel() instanceof SocketChannel socket) socket.config().setSoLinger(0);
        ctx.channel().unsafe().close(ctx.voidPromise());
    }

    /** Ends the login before it closes the connection, so that a client that sees the end finds one login less. */
    private void leave(ChannelHandlerContext ctx) {
        RequestHandler now = requestHandler;
        if (now != null) now.end();
        ctx.close();
    }

    private void drop() {
        ByteBuf bytes = rest;
        rest = null;
        if (bytes != null) bytes.release();
    }

    /** Closes the connection when it has been silent for too long; the time is shorter until its first request. */
    private void watchIdle(ChannelHandlerContext ctx, long millis) {
        idle = ctx.executor()
                .schedule(
                        () -> {
                            if (!ctx.channel().isActive()) return;
                            long silent = TimeUnit.NANOSECONDS.toMillis(
                                    ctx.executor().ticker().nanoTime() - lastRequest);
                            if (requestSeen && silent < IDLE_SECONDS * 1000)
                                watchIdle(ctx, IDLE_SECONDS * 1000 - silent + 1);
                            else leave(ctx);
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
    }
}
