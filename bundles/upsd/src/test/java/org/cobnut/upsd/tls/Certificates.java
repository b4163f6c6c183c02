package org.cobnut.upsd.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.cobnut.testkit.CertificateAuthority;
import org.cobnut.tls.TlsFiles;

/** Certificates that the real openssl makes, each signed by itself: NAME.pem, and NAME.both with its key. */
record Certificates(Path directory) {
    TlsSettings own(String name, String more) throws IOException, InterruptedException {
        new CertificateAuthority(directory).selfSigned(name, more);
        return settings(name + ".both", "", TlsSettings.Clients.NO);
    }

    TlsSettings settings(String certfile, String certpath, TlsSettings.Clients clients) {
        Optional<Path> trust = certpath.isEmpty() ? Optional.empty() : Optional.of(directory.resolve(certpath));
        return new TlsSettings(new TlsFiles(Optional.of(directory.resolve(certfile)), trust, "", ""), clients);
    }

    /** Puts a file in the place of another at once. */
    void replace(String by, String old) throws IOException {
        new CertificateAuthority(directory).replace(by, old);
    }
}
