package org.cobnut.upsd.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Warns 30, 7 and 1 days before a certificate expires, and when it has expired; once each. */
final class CertificateExpiry {
    private static final List<Integer> DAYS_AHEAD = List.of(0, 1, 7, 30);

    private final Consumer<String> warn;
    private Instant until = Instant.MAX;
    private int told = Integer.MAX_VALUE;

    CertificateExpiry(Consumer<String> warn) {
        this.warn = warn;
    }

    synchronized void check(X509Certificate certificate, Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        if (!end.equals(until)) told = Integer.MAX_VALUE;
        until = end;
        Duration left = Duration.between(now, end);
        for (int days : DAYS_AHEAD) {
            if (left.compareTo(Duration.ofDays(days)) > 0) continue;
            if (days < told) warn.accept(text(certificate, days, left));
            told = Math.min(told, days);
            return;
        }
    }

    private static String text(X509Certificate certificate, int days, Duration left) {
        String which = "The certificate of " + certificate.getSubjectX500Principal();
        Instant end = certificate.getNotAfter().toInstant();
        return days == 0
                ? which + " has expired on " + end
                : which + " expires in " + (left.toDays() < 2 ? left.toHours() + " hours" : left.toDays() + " days")
                        + ", on " + end;
    }
}
