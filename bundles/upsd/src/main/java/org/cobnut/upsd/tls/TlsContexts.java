package org.cobnut.upsd.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import org.cobnut.tls.Identity;
import org.cobnut.tls.Material;
import org.cobnut.tls.PeerRole;
import org.cobnut.wire.ErrorText;

/** Builds TLS contexts: with BoringSSL where its native library loads, else, and for NSS, with Java. */
final class TlsContexts {
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final int HANDSHAKE_MESSAGE = 32 * 1024;

    /** A context, its certificate, and the name of its library. */
    record ServerContext(SslContext context, Identity identity, String library) {}

    private TlsContexts() {}

    /** Reads the files and builds a context; an IOException says which file is wrong and why. */
    static ServerContext make(TlsSettings settings, boolean nativeAllowed) throws IOException {
        Material material = Material.load(settings.files(), PeerRole.CLIENTS);
        Identity identity =
                material.identity().orElseThrow(() -> new IOException("neither CERTFILE nor CERTIDENT names a key"));
        boolean ask = settings.clients() != TlsSettings.Clients.NO;
        if (ask && material.trust().isEmpty())
            throw new IOException("CERTREQUEST needs a CERTPATH with the certificates to trust");
        boolean boring = nativeAllowed && !material.nss() && OpenSsl.isAvailable();
        SslContextBuilder builder = boring
                ? SslContextBuilder.forServer(identity.key(), identity.chain().toArray(X509Certificate[]::new))
                : SslContextBuilder.forServer(material.keyManager());
        builder.sslProvider(boring ? SslProvider.OPENSSL : SslProvider.JDK)
                .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .protocols(material.protocols())
                .clientAuth(
                        switch (settings.clients()) {
                            case NO -> ClientAuth.NONE;
                            case REQUEST -> ClientAuth.OPTIONAL;
                            case REQUIRE -> ClientAuth.REQUIRE;
                        });
        // With client certificates this bounds every message of a handshake from the first on, as the engine of Java
        // does; without them BoringSSL takes 16 KiB.
        if (boring) builder.option(OpenSslContextOption.MAX_CERTIFICATE_LIST_BYTES, HANDSHAKE_MESSAGE);
        if (ask) builder.trustManager(material.trust().get());
        try {
            return new ServerContext(builder.build(), identity, library(boring, material.nss()));
        } catch (SSLException | IllegalArgumentException e) {
            throw new IOException("TLS cannot be set up: " + ErrorText.of(e), e);
        }
    }

    private static String library(boolean boring, boolean nss) {
        if (boring) return OpenSsl.versionString();
        if (nss) return "Java with NSS";
        Throwable why = OpenSsl.unavailabilityCause();
        return why == null ? "Java" : "Java, because BoringSSL does not load here (" + ErrorText.of(why) + ")";
    }
}
