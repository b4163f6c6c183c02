package org.cobnut.certificates;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cobnut.conf.text.FileStore;
import org.cobnut.wire.ErrorText;

/** Reads and writes certificates and keys as text (RFC 7468) for the authority of {@code nutctl tls}. */
public final class PemFile {
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----(.+?)-----END", Pattern.DOTALL);

    private PemFile() {}

    /** The certificates that lead to the authority. */
    static byte[] chain(KeytoolRunner.Signed made) throws IOException {
        var text = new StringBuilder();
        try {
            for (Certificate each : made.chain()) text.append(block("CERTIFICATE", each.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IOException("a certificate cannot be written: " + ErrorText.of(e), e);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] key(KeytoolRunner.Signed made) {
        return block("PRIVATE KEY", made.key().getEncoded()).getBytes(StandardCharsets.US_ASCII);
    }

    /** Certificates and key, as CERTFILE wants them. */
    static byte[] both(KeytoolRunner.Signed made) throws IOException {
        var all = new ByteArrayOutputStream();
        all.write(chain(made));
        all.write(key(made));
        return all.toByteArray();
    }

    /** An authority's own certificate and its key, which must belong to each other. */
    static KeytoolRunner.Signed authority(Path certificate, Path key) throws IOException {
        X509Certificate own = certificate(certificate);
        Matcher block = KEY.matcher(text(key));
        if (!block.find()) throw new IOException(key + ": no private key in it");
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(block.group(1));
            PrivateKey secret = KeyFactory.getInstance(own.getPublicKey().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(bytes));
            return new KeytoolRunner.Signed(secret, List.of(own));
        } catch (IllegalArgumentException | GeneralSecurityException wrong) {
            throw new IOException(key + ": not the key of " + certificate, wrong);
        }
    }

    private static X509Certificate certificate(Path file) throws IOException {
        byte[] bytes = text(file).getBytes(StandardCharsets.ISO_8859_1);
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": no certificate in it", e);
        }
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IOException(file + ": " + FileStore.reason(e), e);
        }
    }

    private static String block(String kind, byte[] der) {
        String lines = Base64.getEncoder().encodeToString(der);
        return lines.replaceAll("(.{64})(?=.)", "$1\n")
                .lines()
                .collect(Collectors.joining("\n", "-----BEGIN " + kind + "-----\n", "\n-----END " + kind + "-----\n"));
    }
}
