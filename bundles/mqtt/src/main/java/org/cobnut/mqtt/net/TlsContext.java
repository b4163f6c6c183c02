package org.cobnut.mqtt.net;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cobnut.wire.ErrorText;

/** Builds TLS for a broker. Files are read anew for each connection, so a certificate that was replaced counts. */
final class TlsContext {
    private TlsContext() {}

    /** Builds it; an IOException names the file and what is wrong with it. The broker's name is always checked. */
    static SslContext of(BrokerSettings settings) throws IOException {
        for (Optional<Path> file : List.of(settings.cafile(), settings.certfile(), settings.keyfile()))
            if (file.isPresent() && !Files.isReadable(file.get()))
                throw new IOException(file.get() + " is not there or cannot be read");
        var builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .endpointIdentificationAlgorithm("HTTPS");
        try {
            settings.cafile().ifPresent(file -> builder.trustManager(file.toFile()));
        } catch (IllegalArgumentException useless) {
            throw new IOException("cafile " + settings.cafile().orElseThrow() + ": " + reason(useless), useless);
        }
        try {
            if (settings.certfile().isPresent()) {
                Path chain = settings.certfile().get();
                builder.keyManager(
                        chain.toFile(), settings.keyfile().orElse(chain).toFile());
            }
            return builder.build();
        } catch (IllegalArgumentException | IOException useless) {
            throw new IOException(
                    "certfile or keyfile " + settings.certfile().orElse(Path.of("")) + ": " + reason(useless), useless);
        }
    }

    /** The innermost cause, which is the one that says something. */
    static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) deepest = deepest.getCause();
        return ErrorText.of(deepest);
    }
}
