package org.cobnut.upsmon.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cobnut.upsmon.NoticeType;

/**
 * What was notified last of a UPS before upsmon restarted or the machine slept. The first answer notifies the end of
 * what is over.
 *
 * @param tokens the notified tokens whose end was not notified: {@link StatusToken#OB} and those with a notice for
 *     their end
 * @param others whether unknown words were notified
 * @param lost whether the loss of the connection was notified
 */
public record NotifiedState(Set<StatusToken> tokens, boolean others, boolean lost) {
    static final NotifiedState NOTHING = new NotifiedState(Set.of(), false, false);

    public NotifiedState {
        tokens = tokens.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(tokens));
    }

    /** The notices that a status led to; a loss is known otherwise. */
    static NotifiedState of(Status status) {
        var tokens = EnumSet.noneOf(StatusToken.class);
        tokens.addAll(status.tokens());
        if (status.power() == Status.Power.BATTERY) tokens.add(StatusToken.OB);
        return new NotifiedState(tokens, !status.others().isEmpty(), false);
    }

    /** The state that notices lead to, by UPS, in their order; the lines are those of the event log. */
    public static Map<String, NotifiedState> of(List<String> events) {
        Map<String, NotifiedState> all = new LinkedHashMap<>();
        for (String event : events) {
            String[] fields = event.split("\t", -1);
            if (fields.length > 2 && !fields[2].isEmpty())
                all.merge(fields[2], NOTHING.with(fields[1]), (before, first) -> before.with(fields[1]));
        }
        return all;
    }

    /**
     * Notifies what is over according to the first answer.
     *
     * @param reconnected whether COMMOK is notified anyway
     */
    void tellEnded(String ups, ParsedStatus parsed, boolean reconnected, Settings settings, List<Effect> effects) {
        var over = new ArrayList<NoticeType>();
        if (lost && !reconnected) over.add(NoticeType.COMMOK);
        for (StatusToken token : tokens)
            if (!parsed.tokens().contains(token)) token.went().ifPresent(over::add);
        if (others && parsed.others().isEmpty()) over.add(NoticeType.NOTOTHER);
        boolean line =
                parsed.tokens().contains(StatusToken.OL) && !parsed.tokens().contains(StatusToken.OB);
        if (line && tokens.contains(StatusToken.OB)) over.add(NoticeType.ONLINE);
        for (NoticeType type : over) effects.add(settings.notice(type, ups));
    }

    private NotifiedState with(String type) {
        return switch (type) {
            case "COMMBAD", "NOCOMM" -> new NotifiedState(tokens, others, true);
            case "COMMOK" -> new NotifiedState(tokens, others, false);
            case "OTHER" -> new NotifiedState(tokens, true, lost);
            case "NOTOTHER" -> new NotifiedState(tokens, false, lost);
            case "ONBATT" -> with(StatusToken.OB, true);
            case "ONLINE" -> with(StatusToken.OB, false);
            default -> comingOrGoing(type);
        };
    }

    private NotifiedState comingOrGoing(String type) {
        for (StatusToken token : StatusToken.values()) {
            if (token.came().filter(came -> came.name().equals(type)).isPresent()) return with(token, true);
            if (token.went().filter(went -> went.name().equals(type)).isPresent()) return with(token, false);
        }
        return this;
    }

    private NotifiedState with(StatusToken token, boolean holds) {
        var all = EnumSet.noneOf(StatusToken.class);
        all.addAll(tokens);
        if (holds) all.add(token);
        else all.remove(token);
        return new NotifiedState(all, others, lost);
    }
}
