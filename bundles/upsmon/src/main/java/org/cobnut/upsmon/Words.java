package org.cobnut.upsmon;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A status as it was read: what is known of it, in its order, and what is not.
 *
 * @param alarm the text of ups.alarm; empty unless ALARM is among the tokens
 */
record Words(Set<Token> tokens, SortedSet<String> others, String alarm) {
    private static final List<String> ECO = List.of(":ECO", ":ESS", ":HE", ":SMART");
    private static final SortedSet<String> NONE = Collections.emptySortedSet();

    static Words of(Reading.Answer answer) {
        var tokens = new LinkedHashSet<Token>();
        SortedSet<String> others = NONE;
        for (String word : answer.words()) {
            var token = Token.of(word);
            if (token.isPresent()) tokens.add(token.get());
            else {
                if (others.isEmpty()) others = new TreeSet<>();
                others.add(word);
            }
        }
        for (String word : answer.buzzwords())
            if (ECO.stream().anyMatch(word.toUpperCase(Locale.ROOT)::endsWith)) tokens.add(Token.ECO);
        return new Words(
                Collections.unmodifiableSet(tokens), others, tokens.contains(Token.ALARM) ? alarm(answer.alarm()) : "");
    }

    private static String alarm(String text) {
        return text.isBlank() ? "n/a" : text.strip();
    }
}
