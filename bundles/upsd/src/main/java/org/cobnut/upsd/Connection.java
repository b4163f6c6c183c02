package org.cobnut.upsd;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.cobnut.wire.ErrorCode;
import org.cobnut.wire.Lexer;
import org.cobnut.wire.Reply;
import org.cobnut.wire.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: bytes into requests, replies into bytes. What is read in one go is answered in one write. While the
 * client does not take its replies nothing more is read from it, so neither queue can grow, and after {@link
 * #IDLE_SECONDS} without a complete request it is closed. STARTTLS puts TLS before all of it.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    /** NUT closes a connection that asked nothing for so long; not configurable there either. */
    static final long IDLE_SECONDS = 60;

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private final Function<Connection, Dialogue> begin;
    private final TlsOffer tls;
    private final Lexer lexer = new Lexer();
    private final Outbox outbox = new Outbox();
    private @Nullable Dialogue dialogue;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf rest;
    private @Nullable Future<?> idle;
    private long lastRequest;
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

    Connection(Function<Connection, Dialogue> begin, TlsOffer tls) {
        this.begin = begin;
        this.tls = tls;
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
        lastRequest = ctx.executor().ticker().nanoTime();
        watchIdle(ctx, IDLE_SECONDS * 1000);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Dialogue now = dialogue;
        if (now != null) now.end();
        Future<?> timer = idle;
        if (timer != null) timer.cancel(false);
        drop();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        rest = rest == null ? bytes : Unpooled.wrappedBuffer(rest, bytes);
        answer(ctx);
        // What is read next may be the end of TLS, and nothing can be sent behind that.
        if (secrecy != Secrecy.NONE) finish(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        finish(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (!ctx.channel().isWritable()) return;
        answer(ctx);
        finish(ctx);
        if (rest == null && !inputOver && !waiting) ctx.channel().config().setAutoRead(true);
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
            if (secrecy == Secrecy.COMPLETE) log.warn("TLS with {} broke off: {}", address(), reason(cause));
        } else if (cause instanceof IOException) log.debug("{}: {}", address(), cause.getMessage());
        else log.error("Connection from {} closed: {}", address(), cause.toString(), cause);
        leave(ctx);
    }

    /** Answers what has been read, as far as the client takes the replies. */
    private void answer(ChannelHandlerContext ctx) {
        ByteBuf bytes = rest;
        Dialogue now = dialogue;
        if (bytes == null || now == null) return;
        while (bytes.isReadable() && ctx.channel().isWritable() && !waiting) {
            byte[] repeated = lexer.midLine() ? null : now.repeated(bytes);
            if (repeated != null) reply(ctx, repeated);
            else
                switch (lexer.accept(bytes.readByte())) {
                    case LINE -> request(ctx, now, Request.of(lexer.words()), bytes);
                    case ERROR -> bytes.skipBytes(bytes.readableBytes()); // NUT gives up what it read, without a word
                    case MORE -> {}
                }
        }
        outbox.hand(ctx);
        if (bytes.isReadable() || waiting) ctx.channel().config().setAutoRead(false);
        if (!bytes.isReadable()) drop();
    }

    private void request(ChannelHandlerContext ctx, Dialogue now, Request request, ByteBuf behind) {
        CompletionStage<Void> first = now.before(request);
        if (request instanceof Request.StartTls) startTls(ctx, now, request, behind);
        else if (first == null) reply(ctx, now.answer(request));
        else {
            lastRequest = ctx.executor().ticker().nanoTime();
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
        Optional<SslHandler> handler = tls.handler(ctx.alloc());
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
        if (!end.isSuccess()) log.warn("TLS handshake with {} failed: {}", address(), reason(end.cause()));
        else if (now != null) now.secured(certificate(ctx.pipeline().get(SslHandler.class)));
    }

    /** The client's certificate. TLS has verified it: one that is not trusted fails the handshake. */
    private static @Nullable X509Certificate certificate(SslHandler handler) {
        try {
            return (X509Certificate) handler.engine().getSession().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    /** What is behind an error of TLS, for its libraries wrap it up. */
    private static String reason(Throwable error) {
        Throwable deepest = error;
        while (deepest.getCause() != null) deepest = deepest.getCause();
        return deepest instanceof ClosedChannelException
                ? "the connection was closed"
                : Audit.shown(String.valueOf(deepest.getMessage()));
    }

    /** What had to be found out is known: goes on where it stopped, unless the client has gone. */
    private void resume(ChannelHandlerContext ctx, Dialogue now, Request request) {
        waiting = false;
        if (!ctx.channel().isActive()) return;
        try {
            reply(ctx, now.answer(request));
            outbox.hand(ctx);
            answer(ctx);
            finish(ctx);
        } catch (RuntimeException ours) {
            exceptionCaught(ctx, ours);
        }
        if (rest == null && !inputOver && !waiting) ctx.channel().config().setAutoRead(true);
    }

    private void reply(ChannelHandlerContext ctx, byte[] reply) {
        lastRequest = ctx.executor().ticker().nanoTime();
        outbox.add(ctx, reply);
    }

    /** Sends what was written, and closes after a goodbye or the end of the input, once all is answered. */
    private void finish(ChannelHandlerContext ctx) {
        Dialogue now = dialogue;
        boolean last = rest == null && !waiting && (inputOver || (now != null && now.over()));
        if (last) ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> leave(ctx));
        else ctx.flush();
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

    private void watchIdle(ChannelHandlerContext ctx, long millis) {
        idle = ctx.executor()
                .schedule(
                        () -> {
                            if (!ctx.channel().isActive()) return;
                            long silent = TimeUnit.NANOSECONDS.toMillis(
                                    ctx.executor().ticker().nanoTime() - lastRequest);
                            if (silent < IDLE_SECONDS * 1000) watchIdle(ctx, IDLE_SECONDS * 1000 - silent + 1);
                            else leave(ctx);
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
    }
}
