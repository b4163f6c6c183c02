package org.cobnut.upsd.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.tls.Material;
import org.cobnut.tls.PeerRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateExpiryTest {
    @Test
    void warnsOfEachStepOnceAndAnewForAnotherCertificate(@TempDir Path directory) throws Exception {
        var files = new Certificates(directory);
        X509Certificate certificate = certificate(files.own("first", "-days 400"));
        Instant end = certificate.getNotAfter().toInstant();
        List<String> said = new ArrayList<>();
        var expiry = new CertificateExpiry(said::add);

        for (int hours = 24 * 40; hours > -48; hours--) expiry.check(certificate, end.minus(Duration.ofHours(hours)));
        String which = "The certificate of CN=first";
        assertThat(said)
                .containsExactly(
                        which + " expires in 30 days, on " + end,
                        which + " expires in 7 days, on " + end,
                        which + " expires in 24 hours, on " + end,
                        which + " has expired on " + end);

        expiry.check(certificate(files.own("second", "-days 1")), Instant.now());
        assertThat(said).hasSize(5).last().asString().contains("CN=second expires in 23 hours, on ");
    }

    private static X509Certificate certificate(TlsSettings settings) throws Exception {
        return Material.load(settings.files(), PeerRole.CLIENTS)
                .identity()
                .orElseThrow()
                .certificate();
    }
}
