package org.cobnut.upsd.access;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.cobnut.audit.Actor;
import org.cobnut.audit.AuditLog;
import org.cobnut.wire.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes failed logins to the log and the audit. The first failure of each user name from a source is a line of its
 * own, as long as there are few; the others of a minute share one line with their number. So a client cannot fill a
 * disk, or drive other lines out of the audit. Safe for many threads.
 */
public final class LoginFailures implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LoginFailures.class);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final int LINES_OF_ONE = 10;
    private static final int LINES = 100;
    private static final int MOST_SOURCES = 256;
    /** Characters of a user name that would look like the address behind it. */
    private static final Pattern MISLEADING = Pattern.compile("[@\\s\"]");

    private static final String OTHERS = "other addresses";

    private final LongSupplier nanos;
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private long minute;
    private int lines;

    /** The failures of one source in the minute that began with the first. */
    private static final class Tally {
        private final long since;
        private final Set<String> told = new HashSet<>();
        private int untold;
        private String last = "";

        Tally(long since) {
            this.since = since;
        }
    }

    LoginFailures(LongSupplier nanos) {
        this.nanos = nanos;
        minute = nanos.getAsLong();
    }

    /**
     * Writes one failure, at once or in the summary of its minute.
     *
     * @param source the source by which failures are counted
     */
    public void tell(Actor who, String source, Request request, Optional<String> ups, String why) {
        String user = MISLEADING.matcher(LogText.printable(who.user())).replaceAll("?");
        if (!first(source, user + ": " + why)) return;
        String where = ups.map(name -> " on UPS [" + name + "]").orElse("");
        log.warn("Login failed for {}@{}{}: {}", user, who.from(), where, why);
        AuditLog.record(who, request.line(), "ERR ACCESS-DENIED: " + why);
    }

    private synchronized boolean first(String source, String what) {
        long now = nanos.getAsLong();
        if (now - minute >= MINUTE) {
            minute = now;
            lines = 0;
        }
        String key = tallies.containsKey(source) || tallies.size() < MOST_SOURCES ? source : OTHERS;
        Tally tally = tallies.computeIfAbsent(key, none -> new Tally(now));
        boolean told = lines < LINES && tally.told.size() < LINES_OF_ONE && tally.told.add(what);
        if (told) lines++;
        else {
            tally.untold++;
            tally.last = what;
        }
        return told;
    }

    /** Writes the summaries of the minutes that are over. */
    void summarise() {
        long now = nanos.getAsLong();
        summarise(now - MINUTE);
    }

    private synchronized void summarise(long until) {
        tallies.entrySet().removeIf(entry -> {
            Tally tally = entry.getValue();
            if (tally.since - until > 0) return false;
            if (tally.untold > 0) {
                String source = entry.getKey();
                log.warn(
                        "Login failed {} more times within a minute from {}, last for {}",
                        tally.untold,
                        source,
                        tally.last);
                AuditLog.record(
                        new Actor("", source),
                        "LOGIN",
                        "ERR ACCESS-DENIED: " + tally.untold + " more within a minute, last for " + tally.last);
            }
            return true;
        });
    }

    @Override
    public void close() {
        summarise(nanos.getAsLong());
    }
}
