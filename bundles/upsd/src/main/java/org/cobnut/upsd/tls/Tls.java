package org.cobnut.upsd.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.cobnut.conf.watch.FileStamps;
import org.cobnut.conf.watch.FileWatcher;
import org.cobnut.tls.CertificateName;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS as upsd.conf configures it. Files that change count for handshakes that begin two seconds later; open connections
 * go on. When the new files are wrong, the log says so once and the ones before stay in use.
 */
public final class Tls implements TlsProvider, AutoCloseable {
    /** A client that takes longer for the handshake is disconnected. */
    static final long HANDSHAKE_SECONDS = 10;

    private static final Logger log = LoggerFactory.getLogger(Tls.class);

    // Java's engine and BoringSSL hand long calculations to these threads, so that no event loop waits for them.
    private final ScheduledExecutorService sums = Executors.newScheduledThreadPool(2, task -> {
        var thread = new Thread(task, "upsd-handshake");
        thread.setDaemon(true);
        return thread;
    });

    private final CertificateExpiry expiry = new CertificateExpiry(log::warn);
    private final boolean nativeAllowed;
    private volatile TlsContexts.@Nullable ServerContext current;
    private TlsSettings settings = TlsSettings.NONE;
    private @Nullable FileWatcher watcher;
    private @Nullable Future<?> reminder;
    private boolean closed;

    /** Without a configuration; uses BoringSSL where it loads. */
    public Tls() {
        this(true);
    }

    Tls(boolean nativeAllowed) {
        this.nativeAllowed = nativeAllowed;
    }

    /**
     * Applies settings.
     *
     * @throws IOException saying what is wrong; then everything stays as it was
     */
    public synchronized void configure(TlsSettings wanted) throws IOException {
        if (wanted.equals(settings) || closed) return;
        List<Path> files = files(wanted);
        FileStamps stamps = FileStamps.of(files);
        if (wanted.wanted()) use(TlsContexts.make(wanted, nativeAllowed));
        else if (current != null) {
            current = null;
            log.info("TLS is not configured any more");
        }
        settings = wanted;
        FileWatcher old = watcher;
        if (old != null) old.close();
        if (!wanted.wanted()) return;
        if (reminder == null) reminder = sums.scheduleAtFixedRate(this::remember, 1, 1, TimeUnit.HOURS);
        var next = new FileWatcher("upsd-tls", () -> files, stamps, () -> reload(wanted));
        watcher = next;
        next.start();
    }

    private static List<Path> files(TlsSettings settings) {
        return Stream.of(settings.files().certfile(), settings.files().certpath())
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Optional<SslHandler> handler(ByteBufAllocator allocator) {
        TlsContexts.ServerContext now = current;
        if (now == null) return Optional.empty();
        var handler = new SslHandler(now.context().newEngine(allocator), true, sums);
        handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        handler.setCloseNotifyFlushTimeout(1, TimeUnit.SECONDS);
        return Optional.of(handler);
    }

    @Override
    public synchronized void close() {
        closed = true;
        FileWatcher last = watcher;
        if (last != null) last.close();
        sums.shutdownNow();
    }

    /**
     * The certificate of the client, which TLS has verified: an untrusted one fails the handshake. Null without one.
     */
    public static @Nullable X509Certificate certificate(SslHandler handler) {
        try {
            return (X509Certificate) handler.engine().getSession().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    /**
     * The innermost cause of a TLS error. The peer may have chosen the words, so they must be made printable for the
     * log.
     */
    public static String reason(Throwable error) {
        Throwable deepest = error;
        while (deepest.getCause() != null) deepest = deepest.getCause();
        return deepest instanceof ClosedChannelException ? "the connection was closed" : ErrorText.of(deepest);
    }

    private synchronized void reload(TlsSettings of) {
        if (closed || !of.equals(settings)) return;
        try {
            use(TlsContexts.make(of, nativeAllowed));
        } catch (IOException wrong) {
            log.error("TLS: {}; the certificate of before stays in use", ErrorText.withFile(wrong));
        }
    }

    private void remember() {
        TlsContexts.ServerContext now = current;
        if (now != null) expiry.check(now.identity().certificate(), Instant.now());
    }

    private void use(TlsContexts.ServerContext next) {
        current = next; // the one before is let go by the last session that uses it
        var certificate = next.identity().certificate();
        log.info(
                "TLS by {}: the certificate of {}, until {}",
                next.library(),
                CertificateName.of(certificate),
                certificate.getNotAfter().toInstant());
        remember();
    }
}
