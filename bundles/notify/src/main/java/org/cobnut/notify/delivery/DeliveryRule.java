package org.cobnut.notify.delivery;

import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cobnut.notify.Severity;
import org.cobnut.notify.TargetSettings;
import org.cobnut.upsmon.Notice;
import org.cobnut.upsmon.NoticeType;
import org.cobnut.wire.NamePattern;

/**
 * Decides which notices a target gets, and when.
 *
 * @param upses the UPSes that it is for; empty for all. A notice about the machine is for every target
 * @param events the kinds of notices; empty for all
 * @param quiet the hours in which it gets critical notices only
 * @param retries how often a message is tried again
 */
record DeliveryRule(List<NamePattern> upses, Set<String> events, Optional<Hours> quiet, int retries) {
    private static final int RETRIES = 5;
    private static final Pattern QUIET = Pattern.compile("(\\d{1,2}):(\\d{2})-(\\d{1,2}):(\\d{2})");

    /** Machines go down, or nothing can shut them down any more. */
    private static final Set<NoticeType> CRITICAL = Set.of(
            NoticeType.LOWBATT, NoticeType.FSD, NoticeType.SHUTDOWN, NoticeType.SHUTDOWN_HOSTSYNC, NoticeType.NOPARENT);

    /** What is well, or well again; the kinds whose names begin with NOT are, too. */
    private static final Set<NoticeType> GOOD =
            Set.of(NoticeType.ONLINE, NoticeType.COMMOK, NoticeType.SUSPEND_STARTING, NoticeType.SUSPEND_FINISHED);

    /** A part of each day, which may go over midnight; the end does not belong to it. Equal ends are the whole day. */
    record Hours(LocalTime from, LocalTime to) {
        boolean hold(LocalTime time) {
            boolean after = !time.isBefore(from);
            boolean before = time.isBefore(to);
            return from.isBefore(to) ? after && before : after || before;
        }
    }

    DeliveryRule {
        upses = List.copyOf(upses);
        events = Set.copyOf(events);
    }

    /**
     * The rule of a section.
     *
     * @throws IllegalArgumentException when a value means nothing
     */
    static DeliveryRule of(TargetSettings settings) {
        return new DeliveryRule(
                settings.words("ups").stream().map(NamePattern::of).toList(),
                settings.words("events").stream()
                        .map(word -> word.toUpperCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                settings.text("quiet").map(DeliveryRule::hours),
                settings.number("retries", RETRIES));
    }

    private static Hours hours(String text) {
        Matcher parts = QUIET.matcher(text);
        if (!parts.matches()) throw new IllegalArgumentException("quiet wants two times, as in 22:00-07:00");
        return new Hours(time(parts.group(1), parts.group(2)), time(parts.group(3), parts.group(4)));
    }

    /** 24:00 ends a day. */
    private static LocalTime time(String hours, String minutes) {
        return LocalTime.of(Integer.parseInt(hours) % 24, Integer.parseInt(minutes));
    }

    boolean wants(Notice notice) {
        boolean ups = upses.isEmpty()
                || notice.ups().isEmpty()
                || upses.stream().anyMatch(pattern -> pattern.matches(notice.ups()));
        return ups && (events.isEmpty() || events.contains(notice.type().name()));
    }

    /** Tells whether a notice is kept from the target because of the time. */
    boolean silences(Notice notice, LocalTime time) {
        return severity(notice.type()) != Severity.CRITICAL
                && quiet.filter(hours -> hours.hold(time)).isPresent();
    }

    static Severity severity(NoticeType type) {
        if (CRITICAL.contains(type)) return Severity.CRITICAL;
        boolean good = GOOD.contains(type) || type.name().startsWith("NOT");
        return good ? Severity.INFORMATION : Severity.WARNING;
    }
}
