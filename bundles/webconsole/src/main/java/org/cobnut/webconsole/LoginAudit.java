package org.cobnut.webconsole;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.cobnut.audit.Actor;
import org.cobnut.audit.AuditLog;

/**
 * Writes logins to the console, and failed ones, into the audit. A browser sends its password with every request, so
 * only the first request of an address after a pause counts as a login; further failures within a minute become one
 * line with their number. Thread-safe.
 */
final class LoginAudit {
    private static final long QUIET = TimeUnit.MINUTES.toNanos(30);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST = 100;
    private static final String LOGIN = "console login";

    private final LongSupplier nanos;
    private final Map<String, Long> seen = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };
    private long minute;
    private int failures;

    LoginAudit(LongSupplier nanos) {
        this.nanos = nanos;
        minute = nanos.getAsLong() - MINUTE;
    }

    /** A request from there had the right password. */
    synchronized void admitted(String from) {
        long now = nanos.getAsLong();
        Long before = seen.put(from, now);
        if (before == null || now - before > QUIET)
            AuditLog.record(new Actor(ConsoleSecurityProvider.USER, from), LOGIN, "OK");
    }

    /** A request from there had a wrong one. */
    synchronized void refused(String user, String from) {
        long now = nanos.getAsLong();
        if (now - minute < MINUTE) {
            failures++;
            return;
        }
        String others = failures == 0 ? "" : "; " + failures + " more since the last such line";
        AuditLog.record(new Actor(user, from), LOGIN, "refused" + others);
        minute = now;
        failures = 0;
    }
}
