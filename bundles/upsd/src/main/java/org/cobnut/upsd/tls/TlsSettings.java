package org.cobnut.upsd.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cobnut.tls.TlsFiles;
import org.cobnut.upsd.config.UpsdConfig;

/** The TLS directives of upsd.conf. TLS 1.2 is the least in any case, so DISABLE_WEAK_SSL has no effect. */
public record TlsSettings(TlsFiles files, Clients clients) {
    /** TLS is not configured. */
    public static final TlsSettings NONE = new TlsSettings(TlsFiles.NONE, Clients.NO);

    /** CERTREQUEST. */
    enum Clients {
        NO,
        REQUEST,
        REQUIRE
    }

    /**
     * Reads the configuration; a path that is not absolute begins in the directory of the files.
     *
     * @param ident the words of CERTIDENT
     */
    public static TlsSettings of(UpsdConfig config, Path directory, List<String> ident) {
        return new TlsSettings(
                new TlsFiles(
                        path(config.certfile(), directory),
                        path(config.certpath(), directory),
                        ident.size() > 0 ? ident.get(0) : "",
                        ident.size() > 1 ? ident.get(1) : ""),
                switch (config.certrequest()) {
                    case "request" -> Clients.REQUEST;
                    case "require" -> Clients.REQUIRE;
                    default -> Clients.NO;
                });
    }

    /** Whether TLS is wanted: OpenSSL's way by CERTFILE, NSS's by its database and CERTIDENT. */
    boolean wanted() {
        return files.certfile().isPresent() || (files.nss() && !files.name().isEmpty());
    }

    private static Optional<Path> path(String text, Path directory) {
        return text.isEmpty() ? Optional.empty() : Optional.of(directory.resolve(text));
    }
}
