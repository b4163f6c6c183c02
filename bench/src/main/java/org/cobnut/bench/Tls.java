package org.cobnut.bench;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** TLS of one client by BoringSSL, each handshake a full one. Whoever the server is, it is believed. */
final class Tls implements AutoCloseable {
    private static final int RECORD = 32 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    /** Nobody tells anything before the handshake is over. */
    private static final ByteBuffer NONE_YET = ByteBuffer.allocateDirect(RECORD);

    /** Of one thread, and of as many clients as it has. */
    private static final ByteBuffer SENT = ByteBuffer.allocateDirect(RECORD);

    private final SSLEngine engine;
    private final ByteBuffer received = ByteBuffer.allocateDirect(RECORD);

    Tls(SslContext context) {
        engine = context.newEngine(ByteBufAllocator.DEFAULT);
        try {
            engine.beginHandshake();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    static SslContext context() throws IOException {
        return SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL_REFCNT)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .build();
    }

    /** Goes on with the handshake as far as what has come allows; true when it is over. */
    boolean shake(SocketChannel channel) throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> wrap(channel, NOTHING);
                case NEED_TASK -> {
                    for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask())
                        task.run();
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    int before = received.position();
                    Status status = unwrap(NONE_YET.clear());
                    if (status == Status.CLOSED) throw new IOException("refused in the handshake");
                    if (status == Status.OK && received.position() < before) continue;
                    int count = channel.read(received);
                    if (count < 0) throw new IOException("closed in the handshake");
                    if (count == 0) return false;
                }
                default -> {
                    return true;
                }
            }
        }
    }

    /** Blocks until the handshake is over. */
    void shakeBlocking(SocketChannel channel) throws IOException {
        while (!shake(channel)) Thread.onSpinWait();
    }

    /** As a channel's: bytes that were told, -1 at the end. */
    int read(SocketChannel channel, ByteBuffer plain) throws IOException {
        if (channel.read(received) < 0) return -1;
        int before = plain.position();
        while (unwrap(plain) == Status.OK && received.position() > 0) if (engine.isInboundDone()) return -1;
        return plain.position() - before;
    }

    void write(SocketChannel channel, ByteBuffer plain) throws IOException {
        while (plain.hasRemaining()) wrap(channel, plain);
    }

    private Status unwrap(ByteBuffer plain) throws IOException {
        received.flip();
        try {
            return engine.unwrap(received, plain).getStatus();
        } finally {
            received.compact();
        }
    }

    private void wrap(SocketChannel channel, ByteBuffer plain) throws IOException {
        SENT.clear();
        SSLEngineResult result = engine.wrap(plain, SENT);
        if (result.getStatus() != Status.OK || (result.bytesConsumed() == 0 && plain.hasRemaining()))
            throw new IOException("TLS takes nothing: " + result.getStatus());
        SENT.flip();
        while (SENT.hasRemaining()) channel.write(SENT);
    }

    /** Such as TLSv1.3 and its cipher. */
    String agreed() {
        return engine.getSession().getProtocol() + ' ' + engine.getSession().getCipherSuite();
    }

    @Override
    public void close() {
        ReferenceCountUtil.release(engine);
    }
}
