package org.cobnut.deploy.jar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPath;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is trusted no more: the SHA-256 of a certificate, as keytool shows it, or of a jar, one a line of the file
 * {@code revoked} beside the trusted certificates, and behind it why.
 */
final class RevocationList {
    private static final String FILE = "revoked";
    private static final Pattern LINE =
            Pattern.compile("\\s*((?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2})(?:\\s+(\\S.*?))?\\s*");

    private final Map<String, String> reasons;

    private RevocationList(Map<String, String> reasons) {
        this.reasons = reasons;
    }

    /**
     * Reads it; without the file nothing is revoked.
     *
     * @param problems told of each line that is none
     * @throws IOException when it is there and cannot be read
     */
    static RevocationList in(Path directory, Consumer<String> problems) throws IOException {
        var reasons = new HashMap<String, String>();
        Path file = directory.resolve(FILE);
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException none) {
            return new RevocationList(reasons);
        }
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank() || lines.get(i).startsWith("#")) continue;
            Matcher line = LINE.matcher(lines.get(i));
            if (line.matches())
                reasons.put(
                        line.group(1).replace(":", "").toLowerCase(Locale.ROOT),
                        line.group(2) == null ? "no reason is given" : line.group(2));
            else
                problems.accept(
                        "%s:%d: this line revokes nothing: it does not begin with a SHA-256, 64 hexadecimal digits"
                                .formatted(file, i + 1));
        }
        return new RevocationList(reasons);
    }

    boolean empty() {
        return reasons.isEmpty();
    }

    /** Why a jar or a certificate of that SHA-256 is trusted no more; empty for one that is not revoked. */
    Optional<String> reason(String digest) {
        return Optional.ofNullable(reasons.get(digest));
    }

    /** Why a signer is trusted no more: its certificate, or one by which that was issued, is revoked. */
    Optional<String> reason(CertPath signer) {
        if (empty()) return Optional.empty();
        for (Certificate each : signer.getCertificates()) {
            Optional<String> reason = reason(digest(each));
            if (reason.isPresent() && each instanceof X509Certificate certificate)
                return Optional.of("the certificate of "
                        + certificate.getSubjectX500Principal().getName() + " is revoked: " + reason.get());
        }
        return Optional.empty();
    }

    private static String digest(Certificate certificate) {
        try {
            return HexFormat.of().formatHex(sha256().digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
    }

    /** A fresh one. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java has it
        }
    }
}
