package org.cobnut.drivers.boards;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words of ups.status by the lines that are high, such as {@code OL=^0;OB=0;DISCHRG=0&^6;}: {@code ^} is not, {@code &} is and,
 * {@code |} is or, which binds less.
 */
final class LineRules {
    private static final Pattern RULE = Pattern.compile("([A-Za-z]+)=(\\^?\\d{1,4}(?:[&|]\\^?\\d{1,4})*)(?:;|$)");

    /** By word the alternatives, of which each is lines that must hold. */
    private final Map<String, List<List<String>>> rules = new LinkedHashMap<>();

    /** @throws IllegalArgumentException with the place at which the text is none */
    LineRules(String text) {
        Matcher matcher = RULE.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at)
                throw new IllegalArgumentException("'%s' at character %d is no rule; one looks like OB=0&^6;"
                        .formatted(text.substring(at), at + 1));
            var alternatives = new ArrayList<List<String>>();
            for (String alternative : matcher.group(2).split("\\|")) alternatives.add(List.of(alternative.split("&")));
            rules.put(matcher.group(1), alternatives);
            at = matcher.end();
        }
        if (rules.isEmpty()) throw new IllegalArgumentException("there is no rule; one looks like OB=0&^6;");
    }

    /** The lines that the rules look at. */
    List<Integer> lines() {
        var lines = new TreeSet<Integer>();
        for (List<List<String>> alternatives : rules.values())
            for (List<String> terms : alternatives) for (String term : terms) lines.add(line(term));
        return List.copyOf(lines);
    }

    /** The words that hold. */
    List<String> words(BitSet high) {
        var words = new ArrayList<String>();
        rules.forEach((word, alternatives) -> {
            if (alternatives.stream().anyMatch(terms -> terms.stream().allMatch(term -> holds(term, high))))
                words.add(word);
        });
        return words;
    }

    private static boolean holds(String term, BitSet high) {
        return high.get(line(term)) != term.startsWith("^");
    }

    private static int line(String term) {
        return Integer.parseInt(term.replace("^", ""));
    }
}
