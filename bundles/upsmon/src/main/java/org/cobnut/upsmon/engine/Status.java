package org.cobnut.upsmon.engine;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.cobnut.upsmon.NoticeType;
import org.cobnut.upsmon.time.Nanos;

/**
 * The last status of a UPS, and what was notified of it.
 *
 * @param power the last known power source; a status may have neither OL nor OB
 * @param replaceTold when the replacement of the battery was last notified
 * @param fsdTold whether the forced shutdown was notified
 */
public record Status(
        Set<StatusToken> tokens,
        Power power,
        SortedSet<String> others,
        String alarm,
        long replaceTold,
        boolean fsdTold) {
    /** The power source of the UPS. */
    public enum Power {
        UNKNOWN,
        LINE,
        BATTERY
    }

    static final Status UNKNOWN =
            new Status(Set.of(), Power.UNKNOWN, Collections.emptySortedSet(), "", Nanos.NEVER, false);

    private static final List<StatusToken> COMING_AND_GOING = List.of(
            StatusToken.CAL,
            StatusToken.OFF,
            StatusToken.BYPASS,
            StatusToken.ECO,
            StatusToken.ALARM,
            StatusToken.OVER,
            StatusToken.TRIM,
            StatusToken.BOOST);

    Status next(String ups, ParsedStatus parsed, long now, Settings settings, List<Effect> effects) {
        boolean remind = parsed.tokens().contains(StatusToken.RB)
                && (replaceTold == Nanos.NEVER
                        || Nanos.over(replaceTold, now, settings.times().replaceBattery()));
        if (!remind && same(parsed)) return this;
        for (StatusToken token : COMING_AND_GOING)
            if (tokens.contains(token) && !parsed.tokens().contains(token))
                token.went().ifPresent(type -> effects.add(settings.notice(type, ups)));
        for (StatusToken token : parsed.tokens())
            notice(token, parsed, remind).ifPresent(type -> effects.add(settings.notice(type, ups, parsed.alarm())));
        strangers(parsed).ifPresent(type -> effects.add(settings.notice(type, ups, String.join(" ", parsed.others()))));
        Set<StatusToken> kept = parsed.tokens().isEmpty() ? Set.of() : EnumSet.copyOf(parsed.tokens());
        return new Status(
                Collections.unmodifiableSet(kept),
                power(parsed),
                parsed.others(),
                parsed.alarm(),
                remind ? now : replaceTold,
                parsed.tokens().contains(StatusToken.FSD));
    }

    /** Notifies the forced shutdown that this machine has set. */
    Status fsd(String ups, Settings settings, List<Effect> effects) {
        if (fsdTold) return this;
        effects.add(settings.notice(NoticeType.FSD, ups));
        return new Status(tokens, power, others, alarm, replaceTold, true);
    }

    private boolean same(ParsedStatus parsed) {
        return parsed.tokens().equals(tokens)
                && parsed.others().equals(others)
                && parsed.alarm().equals(alarm);
    }

    private Power power(ParsedStatus parsed) {
        if (parsed.tokens().contains(StatusToken.OB)) return Power.BATTERY;
        return parsed.tokens().contains(StatusToken.OL) ? Power.LINE : power;
    }

    private Optional<NoticeType> notice(StatusToken token, ParsedStatus parsed, boolean remind) {
        boolean news = !tokens.contains(token);
        return switch (token) {
            case OL -> when(power == Power.BATTERY, NoticeType.ONLINE);
            case OB -> when(power != Power.BATTERY, NoticeType.ONBATT);
            case LB -> when(news, NoticeType.LOWBATT);
            case RB -> when(remind, NoticeType.REPLBATT);
            case FSD -> when(!fsdTold, NoticeType.FSD);
            case ALARM -> when(news || !alarm.equals(parsed.alarm()), NoticeType.ALARM);
            default -> news ? token.came() : Optional.empty();
        };
    }

    private Optional<NoticeType> strangers(ParsedStatus parsed) {
        if (parsed.others().isEmpty()) return when(!others.isEmpty(), NoticeType.NOTOTHER);
        var fresh = new TreeSet<>(parsed.others());
        fresh.removeAll(others);
        return when(!fresh.isEmpty(), NoticeType.OTHER);
    }

    private static Optional<NoticeType> when(boolean condition, NoticeType type) {
        return condition ? Optional.of(type) : Optional.empty();
    }
}
