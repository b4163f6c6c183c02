package org.cobnut.shell;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.model.Health;
import org.cobnut.wire.Columns;
import org.cobnut.wire.ErrorText;

/** Judges devices and the server's certificate. One row that is critical makes the whole fail; a warning does not. */
final class HealthReport {
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", Pattern.DOTALL);
    private static final Duration SOON = Duration.ofDays(30);

    private final Columns columns = new Columns("CHECK", "RESULT", "REASON");
    private boolean devices;

    private enum Result {
        OK,
        WARN,
        CRITICAL
    }

    /** A device counts as well while its values are fresh. */
    void device(String ups, DeviceState state) {
        devices = true;
        boolean fresh = state.health().filter(Health.Fresh.class::isInstance).isPresent();
        row("device " + ups, fresh ? Result.OK : Result.CRITICAL, fresh ? "-" : DeviceRows.healthText(state));
    }

    /** The first certificate of a file is the server's own. */
    void certificate(Path file) {
        String check = "certificate";
        try {
            Instant end = first(file).getNotAfter().toInstant();
            Instant now = Instant.now();
            Result result =
                    end.isBefore(now) ? Result.CRITICAL : end.isBefore(now.plus(SOON)) ? Result.WARN : Result.OK;
            row(
                    check,
                    result,
                    "CERTFILE " + file + (end.isBefore(now) ? " was valid until " : " is valid until ")
                            + LocalDate.ofInstant(end, ZoneId.systemDefault()));
        } catch (IOException | CertificateException unreadable) {
            row(check, Result.CRITICAL, "CERTFILE " + file + " cannot be read: " + ErrorText.of(unreadable));
        }
    }

    /** Something that does not make the whole fail. */
    void warning(String sentence) {
        row("shutdown", Result.WARN, sentence.replaceFirst("^Warning: ", ""));
    }

    /** All rows; without a device, one that says so. */
    Columns columns() {
        if (!devices) row("devices", Result.WARN, "ups.conf names no device");
        return columns;
    }

    private static X509Certificate first(Path file) throws IOException, CertificateException {
        Matcher block = CERTIFICATE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!block.find()) throw new CertificateException("it holds no certificate");
        var in = new ByteArrayInputStream(block.group().getBytes(StandardCharsets.ISO_8859_1));
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }

    private void row(String check, Result result, String reason) {
        columns.row(check, result.name(), reason);
        if (result == Result.CRITICAL) columns.fail();
    }
}
