package org.cobnut.upsmon.engine;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A status as it was read: the tokens that are known, in their order, and the other words.
 *
 * @param alarm the text of ups.alarm; empty unless ALARM is among the tokens
 */
record ParsedStatus(Set<StatusToken> tokens, SortedSet<String> others, String alarm) {
    private static final List<String> ECO = List.of(":ECO", ":ESS", ":HE", ":SMART");
    private static final SortedSet<String> NONE = Collections.emptySortedSet();

    static ParsedStatus of(Reading.Answer answer) {
        var tokens = new LinkedHashSet<StatusToken>();
        SortedSet<String> others = NONE;
        for (String word : answer.words()) {
            var token = StatusToken.of(word);
            if (token.isPresent()) tokens.add(token.get());
            else {
                if (others.isEmpty()) others = new TreeSet<>();
                others.add(word);
            }
        }
        for (String word : answer.buzzwords())
            if (ECO.stream().anyMatch(word.toUpperCase(Locale.ROOT)::endsWith)) tokens.add(StatusToken.ECO);
        return new ParsedStatus(
                Collections.unmodifiableSet(tokens),
                others,
                tokens.contains(StatusToken.ALARM) ? alarm(answer.alarm()) : "");
    }

    private static String alarm(String text) {
        return text.isBlank() ? "n/a" : text.strip();
    }
}
