package org.cobnut.upsd;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.cobnut.tls.CertificateName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS as upsd.conf configures it. Files that change are used for the handshakes that begin after it, within two seconds;
 * sessions go on. Files that are wrong then are told of once, and the ones of before stay in use.
 */
final class Tls implements TlsOffer, AutoCloseable {
    /** A client that stalls longer in the handshake is cut off. */
    static final long HANDSHAKE_SECONDS = 10;

    private static final Logger log = LoggerFactory.getLogger(Tls.class);

    // Java's engine hands its long sums out, BoringSSL the judging of certificates; they shall not keep an event loop.
    private final ExecutorService sums = Executors.newFixedThreadPool(2, task -> {
        var thread = new Thread(task, "upsd-handshake");
        thread.setDaemon(true);
        return thread;
    });

    private final Expiry expiry = new Expiry(log::warn);
    private final boolean nativeAllowed;
    private volatile TlsContexts.@Nullable Made made;
    private TlsSettings settings = TlsSettings.NONE;
    private @Nullable TlsWatch watch;
    private boolean closed;

    /** No TLS yet, by BoringSSL where that can be had. */
    Tls() {
        this(true);
    }

    Tls(boolean nativeAllowed) {
        this.nativeAllowed = nativeAllowed;
    }

    /**
     * Takes settings over.
     *
     * @throws IOException saying what is wrong; then everything stays as it was
     */
    synchronized void configure(TlsSettings wanted) throws IOException {
        if (wanted.equals(settings) || closed) return;
        FileStamps stamps = FileStamps.of(wanted.files());
        if (wanted.wanted()) use(TlsContexts.make(wanted, nativeAllowed));
        else if (made != null) {
            made = null;
            log.info("TLS is not configured any more");
        }
        settings = wanted;
        TlsWatch old = watch;
        if (old != null) old.close();
        if (!wanted.wanted()) return;
        var next = new TlsWatch(wanted.files(), stamps, () -> reload(wanted), this::remember);
        watch = next;
        next.start();
    }

    @Override
    public Optional<SslHandler> handler(ByteBufAllocator allocator) {
        TlsContexts.Made now = made;
        if (now == null) return Optional.empty();
        var handler = new SslHandler(now.context().newEngine(allocator), true, sums);
        handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        handler.setCloseNotifyFlushTimeout(1, TimeUnit.SECONDS);
        return Optional.of(handler);
    }

    @Override
    public synchronized void close() {
        closed = true;
        TlsWatch last = watch;
        if (last != null) last.close();
        sums.shutdownNow();
    }

    /** The client's certificate. TLS has verified it: one that is not trusted fails the handshake. */
    static @Nullable X509Certificate certificate(SslHandler handler) {
        try {
            return (X509Certificate) handler.engine().getSession().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    /** What is behind an error of TLS, for its libraries wrap it up. */
    static String reason(Throwable error) {
        Throwable deepest = error;
        while (deepest.getCause() != null) deepest = deepest.getCause();
        return deepest instanceof ClosedChannelException
                ? "the connection was closed"
                : Audit.shown(String.valueOf(deepest.getMessage()));
    }

    private synchronized void reload(TlsSettings of) {
        if (closed || !of.equals(settings)) return;
        try {
            use(TlsContexts.make(of, nativeAllowed));
        } catch (IOException wrong) {
            log.error("TLS: {}; the certificate of before stays in use", wrong.getMessage());
        }
    }

    private void remember() {
        TlsContexts.Made now = made;
        if (now != null) expiry.look(now.identity().certificate(), Instant.now());
    }

    private void use(TlsContexts.Made next) {
        made = next; // the one before is let go by the last session that uses it
        var certificate = next.identity().certificate();
        log.info(
                "TLS by {}: the certificate of {}, until {}",
                next.library(),
                CertificateName.of(certificate),
                certificate.getNotAfter().toInstant());
        remember();
    }
}
