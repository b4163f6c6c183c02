package org.cobnut.jetty;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.cobnut.tls.Material;
import org.cobnut.tls.PeerRole;
import org.cobnut.tls.TlsFiles;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the key of CERTFILE as it is at each handshake: a renewed file counts a second later, and one that is wrong is told of
 * once, while the key of before stays. Any thread; a handshake may wait for the file to be read.
 */
final class CurrentKeyManager extends X509ExtendedKeyManager {
    private static final Logger log = LoggerFactory.getLogger(CurrentKeyManager.class);
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final TlsFiles files;
    private final LongSupplier nanos;
    private Material material;
    private @Nullable FileTime stamp;
    private long looked;

    /** Reads the files; an IOException says what is wrong with which. */
    CurrentKeyManager(TlsFiles files, LongSupplier nanos) throws IOException {
        this.files = files;
        this.nanos = nanos;
        stamp = stamp();
        material = Material.load(files, PeerRole.CLIENTS);
        if (material.identity().isEmpty()) throw new IOException("neither CERTFILE nor CERTIDENT names a key");
        looked = nanos.getAsLong();
    }

    /** The versions of TLS that the key can be used with. */
    String[] protocols() {
        return material.protocols().toArray(String[]::new);
    }

    private synchronized X509ExtendedKeyManager current() {
        long now = nanos.getAsLong();
        if (now - looked < PAUSE) return material.keyManager();
        looked = now;
        FileTime seen = stamp();
        if (seen == null || seen.equals(stamp)) return material.keyManager();
        stamp = seen;
        try {
            Material next = Material.load(files, PeerRole.CLIENTS);
            if (next.identity().isPresent()) material = next;
            log.info(
                    "The web pages use the renewed certificate of {}",
                    files.certfile().or(files::certpath).map(Path::toString).orElse(""));
        } catch (IOException wrong) {
            log.error("TLS of the web pages: {}; the certificate of before stays in use", ErrorText.withFile(wrong));
        }
        return material.keyManager();
    }

    /** When the file of the key changed; null when there is none, or it is just being replaced. */
    private @Nullable FileTime stamp() {
        Path file = files.certfile().or(files::certpath).orElse(null);
        try {
            return file == null ? null : Files.getLastModifiedTime(file);
        } catch (IOException absent) {
            return null;
        }
    }

    @Override
    public String @Nullable [] getClientAliases(String kind, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] kinds, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String kind, Principal @Nullable [] issuers) {
        return current().getServerAliases(kind, issuers);
    }

    @Override
    public @Nullable String chooseServerAlias(String kind, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return current().chooseServerAlias(kind, issuers, socket);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String kind, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return current().chooseEngineServerAlias(kind, issuers, engine);
    }

    @Override
    public synchronized X509Certificate @Nullable [] getCertificateChain(String alias) {
        return material.keyManager().getCertificateChain(alias);
    }

    @Override
    public synchronized @Nullable PrivateKey getPrivateKey(String alias) {
        return material.keyManager().getPrivateKey(alias);
    }
}
