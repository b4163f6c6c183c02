package org.cobnut.upsmon;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What people were told last of a UPS, before upsmon was started again or the machine slept: what of it is over is told
 * with the first answer.
 *
 * @param tokens that were told and not taken back; of {@link Token#OB} and of those that come and go
 * @param others whether the last word on tokens of no known kind was that there are some
 * @param lost whether the last word on the connection was that it is lost
 */
record Told(Set<Token> tokens, boolean others, boolean lost) {
    static final Told NOTHING = new Told(Set.of(), false, false);

    Told {
        tokens = tokens.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(tokens));
    }

    /** What a status led to, with a loss that is known otherwise. */
    static Told of(Status status) {
        var tokens = EnumSet.noneOf(Token.class);
        tokens.addAll(status.tokens());
        if (status.power() == Status.Power.BATTERY) tokens.add(Token.OB);
        return new Told(tokens, !status.others().isEmpty(), false);
    }

    /** What notices say, by UPS, when they are taken in order; each line as {@link EventLog} has it. */
    static Map<String, Told> of(List<String> events) {
        Map<String, Told> all = new LinkedHashMap<>();
        for (String event : events) {
            String[] fields = event.split("\t", -1);
            if (fields.length > 2 && !fields[2].isEmpty())
                all.merge(fields[2], NOTHING.with(fields[1]), (before, first) -> before.with(fields[1]));
        }
        return all;
    }

    /**
     * Tells what is over, as the first answer has it.
     *
     * @param reconnected whether that the UPS is back is told anyway
     */
    void tellEnded(String ups, Words words, boolean reconnected, Settings settings, List<Effect> effects) {
        var over = new ArrayList<NoticeType>();
        if (lost && !reconnected) over.add(NoticeType.COMMOK);
        for (Token token : tokens)
            if (!words.tokens().contains(token)) token.went().ifPresent(over::add);
        if (others && words.others().isEmpty()) over.add(NoticeType.NOTOTHER);
        boolean line = words.tokens().contains(Token.OL) && !words.tokens().contains(Token.OB);
        if (line && tokens.contains(Token.OB)) over.add(NoticeType.ONLINE);
        for (NoticeType type : over) effects.add(settings.notice(type, ups));
    }

    private Told with(String type) {
        return switch (type) {
            case "COMMBAD", "NOCOMM" -> new Told(tokens, others, true);
            case "COMMOK" -> new Told(tokens, others, false);
            case "OTHER" -> new Told(tokens, true, lost);
            case "NOTOTHER" -> new Told(tokens, false, lost);
            case "ONBATT" -> with(Token.OB, true);
            case "ONLINE" -> with(Token.OB, false);
            default -> comingOrGoing(type);
        };
    }

    private Told comingOrGoing(String type) {
        for (Token token : Token.values()) {
            if (token.came().filter(came -> came.name().equals(type)).isPresent()) return with(token, true);
            if (token.went().filter(went -> went.name().equals(type)).isPresent()) return with(token, false);
        }
        return this;
    }

    private Told with(Token token, boolean holds) {
        var all = EnumSet.noneOf(Token.class);
        all.addAll(tokens);
        if (holds) all.add(token);
        else all.remove(token);
        return new Told(all, others, lost);
    }
}
