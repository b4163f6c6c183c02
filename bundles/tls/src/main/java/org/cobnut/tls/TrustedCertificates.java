package org.cobnut.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The certificates and revocation lists of CERTPATH: one file in PEM, or a directory in which OpenSSL's c_rehash named
 * certificates {@code hash.0} and lists {@code hash.r0}; or a database of NSS.
 */
record TrustedCertificates(List<X509Certificate> certificates, List<X509CRL> lists) {
    private static final Pattern HASHED = Pattern.compile("[0-9a-f]{8}\\.r?[0-9]+");
    private static final int MOST_FILES = 4096;

    /** Returns the trust manager for them; empty without certificates, because a database may hold a key alone. */
    Optional<CertpathTrustManager> trust() throws GeneralSecurityException {
        return certificates.isEmpty() ? Optional.empty() : Optional.of(new CertpathTrustManager(certificates, lists));
    }

    static TrustedCertificates read(Path path) throws IOException {
        var certificates = new ArrayList<X509Certificate>();
        var lists = new ArrayList<X509CRL>();
        for (Path file : files(path)) {
            Pem pem = Pem.read(file);
            certificates.addAll(pem.certificates());
            lists.addAll(pem.crls());
        }
        if (certificates.isEmpty()) throw new IOException(path + ": no certificate to trust");
        return new TrustedCertificates(certificates, lists);
    }

    /** The files that count: of a directory, those with hashed names. */
    static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) return List.of(path);
        try (var entries = Files.list(path)) {
            return entries.filter(each ->
                            HASHED.matcher(each.getFileName().toString()).matches())
                    .sorted()
                    .limit(MOST_FILES)
                    .toList();
        }
    }
}
