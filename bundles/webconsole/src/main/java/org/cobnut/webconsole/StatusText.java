package org.cobnut.webconsole;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.cobnut.model.Health;
import org.cobnut.model.Variable;

/** Explains codes in words. */
final class StatusText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private static final Pattern PRIVATE =
            Pattern.compile("driver\\.parameter\\..*(pass|community|secret|token|login|key).*");
    private static final int MINUTE = 60;

    private StatusText() {}

    /** One word about how far the values can be trusted. */
    static String health(Health health) {
        return health.word();
    }

    /** Says why it is so; empty when there is nothing to add. */
    static String why(Health health) {
        String since = health.since()
                .map(StatusText::time)
                .map(time -> "Since " + time + ": ")
                .orElse("");
        String next = health.retry()
                .map(StatusText::next)
                .map(text -> ". " + text + ".")
                .orElse("");
        return since + health.reason() + next;
    }

    private static String next(Instant nextTry) {
        return nextTry.equals(Instant.MAX) ? "It waits for another configuration" : "Next try " + time(nextTry);
    }

    /** Seconds, as minutes and seconds; what is no number stays as it is. */
    static String duration(String seconds) {
        if (!seconds.matches("\\d{1,9}(\\.\\d*)?")) return seconds;
        long whole = Long.parseLong(seconds.replaceFirst("\\..*", ""));
        return whole < MINUTE ? whole + " s" : "%d min %02d s".formatted(whole / MINUTE, whole % MINUTE);
    }

    /** The value to be shown: not that of a setting by which a driver logs into its device. */
    static String value(Variable variable) {
        boolean password =
                PRIVATE.matcher(variable.name().toLowerCase(Locale.ROOT)).matches();
        return password ? "********" : variable.value();
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }
}
