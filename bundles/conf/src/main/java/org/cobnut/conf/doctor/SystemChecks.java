package org.cobnut.conf.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cobnut.conf.schema.Directive;
import org.cobnut.conf.schema.ParsedFile;

/** Checks what surrounds the files: the user, the clock, the server's certificate, and what switches UPSes off in the end. */
final class SystemChecks {
    private static final List<String> HOOKS =
            List.of("/usr/lib/systemd/system-shutdown/nutshutdown", "/lib/systemd/system-shutdown/nutshutdown");

    private static final List<String> CLOCK_KEEPERS = List.of(
            "/run/systemd/timesync/synchronized",
            "/run/chrony/chronyd.pid",
            "/run/chronyd.pid",
            "/run/ntpd.pid",
            "/run/openntpd.pid");

    /** No machine on which this runs has an earlier time. */
    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration SOON = Duration.ofDays(30);

    private final Machine machine;
    private final Path home;
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();

    SystemChecks(Machine machine, Path home, Instant now) {
        this.machine = machine;
        this.home = home;
        this.now = now;
    }

    List<Finding> findings() {
        return findings;
    }

    void user() {
        if (!machine.hasUser())
            findings.add(Finding.error(
                    "there is no user nut, as whom the units run", "adduser --system --group --no-create-home nut"));
    }

    /** Logs, certificates and schedules go by the clock; shutdowns do not. */
    void clock() {
        if (now.isBefore(MADE))
            findings.add(Finding.error("the clock is wrong: it says " + now, "timedatectl set-ntp true"));
        else if (machine.has("/run/systemd/system") && CLOCK_KEEPERS.stream().noneMatch(machine::has))
            findings.add(Finding.advice(
                    "nothing that keeps the clock right has set it since the start", "timedatectl set-ntp true"));
    }

    void certificate(ParsedFile upsd, Path conf) {
        Object named = upsd.global().values().get("certfile");
        if (named == null) return;
        Path file = conf.resolve(String.valueOf(named));
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new Pem(in).certificates()))
                if (certificate instanceof X509Certificate x509) expiry(file, x509);
        } catch (IOException | CertificateException unreadable) {
            findings.add(Finding.error(
                    "CERTFILE %s holds no certificate that can be read".formatted(file),
                    "nutctl tls init, and see docs/tls.md"));
        }
    }

    private void expiry(Path file, X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        String whose = "the certificate of %s in %s"
                .formatted(certificate.getSubjectX500Principal().getName(), file);
        String mend = "nutctl tls enrol NAME, or a new one from where this is from; then nutctl reload";
        if (end.isBefore(now)) findings.add(Finding.error(whose + " has been invalid since " + end, mend));
        else if (end.isBefore(now.plus(SOON)))
            findings.add(Finding.advice(whose + " is valid until " + end + " only", mend));
    }

    /** Of a machine that has the UPS on its cable. */
    void powerOff(ParsedFile upsmon) {
        boolean primary = Directive.all(upsmon, "MONITOR").stream()
                .map(monitor -> monitor.words().get(monitor.words().size() - 1).toLowerCase(Locale.ROOT))
                .anyMatch(role -> role.equals("primary") || role.equals("master"));
        if (!primary) return;
        if (upsmon.global().values().get("powerdownflag") == null)
            findings.add(Finding.advice(
                    "upsmon.conf has no POWERDOWNFLAG, so no UPS is switched off after a shutdown, and machines may stay off when power is back",
                    "nutctl config set upsmon.conf POWERDOWNFLAG /etc/killpower"));
        if (machine.has("/run/systemd/system") && HOOKS.stream().noneMatch(machine::has))
            findings.add(Finding.advice(
                    "no power-off hook: nothing switches the UPS off when this machine has shut down",
                    "ln -s " + home.resolve("lib/nutshutdown") + ' ' + HOOKS.get(0)));
    }
}
