package org.cobnut.conf.doctor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the certificates out of a file that may hold a key as well. */
record Pem(InputStream in) {
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", Pattern.DOTALL);

    InputStream certificates() throws IOException, CertificateException {
        var found = new StringBuilder();
        Matcher blocks = CERTIFICATE.matcher(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        while (blocks.find()) found.append(blocks.group()).append('\n');
        if (found.length() == 0) throw new CertificateException("no certificate");
        return new ByteArrayInputStream(found.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}
