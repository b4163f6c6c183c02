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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.health.CheckResult;
import org.cobnut.health.CheckResult.Grade;
import org.cobnut.health.HealthChecks;
import org.cobnut.model.Health;
import org.cobnut.wire.Columns;
import org.cobnut.wire.ErrorText;

/** Judges devices and the server's certificate. One result that is critical makes the whole fail; a warning does not. */
final class HealthReport {
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", Pattern.DOTALL);
    private static final Duration SOON = Duration.ofDays(30);

    private HealthReport() {}

    /** A device counts as well while its values are fresh. */
    static List<CheckResult> devices(SortedMap<String, DeviceState> devices) {
        var results = new ArrayList<CheckResult>();
        devices.forEach((ups, state) -> {
            boolean fresh =
                    state.health().filter(Health.Fresh.class::isInstance).isPresent();
            results.add(new CheckResult(
                    HealthChecks.DRIVER,
                    "device " + ups,
                    fresh ? Grade.OK : Grade.CRITICAL,
                    fresh ? "" : DeviceRows.healthText(state)));
        });
        if (results.isEmpty())
            results.add(new CheckResult(HealthChecks.DRIVER, "devices", Grade.WARN, "ups.conf names no device"));
        return results;
    }

    /** The start is over when no device waits for its driver or its first reading. */
    static CheckResult start(SortedMap<String, DeviceState> devices) {
        List<String> waiting = devices.entrySet().stream()
                .filter(device -> device.getValue()
                        .health()
                        .filter(health -> !(health instanceof Health.Starting))
                        .isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        return waiting.isEmpty()
                ? new CheckResult(HealthChecks.SYSTEMREADY, "start", Grade.OK, "")
                : new CheckResult(
                        HealthChecks.SYSTEMREADY,
                        "start",
                        Grade.CRITICAL,
                        "no driver or no reading yet: " + String.join(", ", waiting));
    }

    /** The first certificate of a file is the server's own. */
    static CheckResult certificate(Path file) {
        try {
            Instant end = first(file).getNotAfter().toInstant();
            Instant now = Instant.now();
            return certificate(
                    end.isBefore(now) ? Grade.CRITICAL : end.isBefore(now.plus(SOON)) ? Grade.WARN : Grade.OK,
                    "CERTFILE " + file + (end.isBefore(now) ? " was valid until " : " is valid until ")
                            + LocalDate.ofInstant(end, ZoneId.systemDefault()));
        } catch (IOException | CertificateException unreadable) {
            return certificate(Grade.CRITICAL, "CERTFILE " + file + " cannot be read: " + ErrorText.of(unreadable));
        }
    }

    private static CheckResult certificate(Grade grade, String reason) {
        return new CheckResult(HealthChecks.TLS, "certificate", grade, reason);
    }

    /** Why an outage would not shut this machine down. */
    static CheckResult unprotected(String sentence) {
        return new CheckResult(HealthChecks.SHUTDOWN, "shutdown", Grade.WARN, sentence);
    }

    static Columns columns(List<CheckResult> results) {
        var columns = new Columns("CHECK", "RESULT", "REASON");
        for (CheckResult result : results) {
            columns.row(result.subject(), result.grade().name(), result.reason().isEmpty() ? "-" : result.reason())
                    .with("tag", result.tag());
            if (result.grade() == Grade.CRITICAL) columns.fail();
        }
        return columns;
    }

    private static X509Certificate first(Path file) throws IOException, CertificateException {
        Matcher block = CERTIFICATE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!block.find()) throw new CertificateException("it holds no certificate");
        var in = new ByteArrayInputStream(block.group().getBytes(StandardCharsets.ISO_8859_1));
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
}
