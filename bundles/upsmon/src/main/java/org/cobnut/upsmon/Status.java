package org.cobnut.upsmon;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a UPS said last, and what people were told of it.
 *
 * @param power what it said last of its input; a status may say neither
 * @param replaceTold the last notice that the battery is to be replaced
 * @param fsdTold whether the forced shutdown under way was told
 */
record Status(
        Set<Token> tokens, Power power, SortedSet<String> others, String alarm, long replaceTold, boolean fsdTold) {
    /** Where the UPS takes its power from. */
    enum Power {
        UNKNOWN,
        LINE,
        BATTERY
    }

    static final Status UNKNOWN =
            new Status(Set.of(), Power.UNKNOWN, Collections.emptySortedSet(), "", Nanos.NEVER, false);

    private static final List<Token> COMING_AND_GOING =
            List.of(Token.CAL, Token.OFF, Token.BYPASS, Token.ECO, Token.ALARM, Token.OVER, Token.TRIM, Token.BOOST);

    Status next(String ups, Words words, long now, Settings settings, List<Effect> effects) {
        boolean remind = words.tokens().contains(Token.RB)
                && (replaceTold == Nanos.NEVER
                        || Nanos.over(replaceTold, now, settings.times().replaceBattery()));
        if (!remind && same(words)) return this;
        for (Token token : COMING_AND_GOING)
            if (tokens.contains(token) && !words.tokens().contains(token))
                token.went().ifPresent(type -> effects.add(settings.notice(type, ups)));
        for (Token token : words.tokens())
            notice(token, words, remind).ifPresent(type -> effects.add(settings.notice(type, ups, words.alarm())));
        strangers(words).ifPresent(type -> effects.add(settings.notice(type, ups, String.join(" ", words.others()))));
        Set<Token> kept = words.tokens().isEmpty() ? Set.of() : EnumSet.copyOf(words.tokens());
        return new Status(
                Collections.unmodifiableSet(kept),
                power(words),
                words.others(),
                words.alarm(),
                remind ? now : replaceTold,
                words.tokens().contains(Token.FSD));
    }

    /** A forced shutdown was announced by ourselves. */
    Status fsd(String ups, Settings settings, List<Effect> effects) {
        if (fsdTold) return this;
        effects.add(settings.notice(NoticeType.FSD, ups));
        return new Status(tokens, power, others, alarm, replaceTold, true);
    }

    private boolean same(Words words) {
        return words.tokens().equals(tokens)
                && words.others().equals(others)
                && words.alarm().equals(alarm);
    }

    private Power power(Words words) {
        if (words.tokens().contains(Token.OB)) return Power.BATTERY;
        return words.tokens().contains(Token.OL) ? Power.LINE : power;
    }

    private Optional<NoticeType> notice(Token token, Words words, boolean remind) {
        boolean news = !tokens.contains(token);
        return switch (token) {
            case OL -> when(power == Power.BATTERY, NoticeType.ONLINE);
            case OB -> when(power != Power.BATTERY, NoticeType.ONBATT);
            case LB -> when(news, NoticeType.LOWBATT);
            case RB -> when(remind, NoticeType.REPLBATT);
            case FSD -> when(!fsdTold, NoticeType.FSD);
            case ALARM -> when(news || !alarm.equals(words.alarm()), NoticeType.ALARM);
            default -> news ? token.came() : Optional.empty();
        };
    }

    private Optional<NoticeType> strangers(Words words) {
        if (words.others().isEmpty()) return when(!others.isEmpty(), NoticeType.NOTOTHER);
        var fresh = new TreeSet<>(words.others());
        fresh.removeAll(others);
        return when(!fresh.isEmpty(), NoticeType.OTHER);
    }

    private static Optional<NoticeType> when(boolean condition, NoticeType type) {
        return condition ? Optional.of(type) : Optional.empty();
    }
}
