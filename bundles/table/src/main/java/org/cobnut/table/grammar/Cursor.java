package org.cobnut.table.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.table.Condition;
import org.cobnut.table.Numbers;

/** Goes through the words of one statement. Its exceptions say what was expected. */
final class Cursor {
    private final List<String> words;
    private int at = 1;

    Cursor(Statement statement) {
        words = statement.words();
    }

    boolean more() {
        return at < words.size();
    }

    Optional<String> peek() {
        return more() ? Optional.of(words.get(at)) : Optional.empty();
    }

    /** Takes the next word. */
    String next(String what) {
        if (!more()) throw new IllegalArgumentException("%s needs %s".formatted(words.get(0), what));
        return words.get(at++);
    }

    /** Takes the next word if it is this one. */
    boolean skip(String word) {
        boolean found = peek().filter(word::equals).isPresent();
        if (found) at++;
        return found;
    }

    double number(String what) {
        String word = next(what);
        return Numbers.parse(word)
                .orElseThrow(() -> new IllegalArgumentException("%s is a number, not '%s'".formatted(what, word)));
    }

    long whole(String what) {
        String word = next(what);
        if (!word.matches("-?\\d{1,18}"))
            throw new IllegalArgumentException("%s is a whole number, not '%s'".formatted(what, word));
        return Long.parseLong(word);
    }

    /** Whether a pair RAW=TEXT comes next. */
    boolean pair() {
        return at + 2 < words.size() && words.get(at + 1).equals("=");
    }

    /** Takes all pairs RAW=TEXT that come next. */
    Map<String, String> pairs() {
        var pairs = new LinkedHashMap<String, String>();
        while (pair()) {
            if (pairs.put(words.get(at), words.get(at + 2)) != null)
                throw new IllegalArgumentException("'%s' has two texts".formatted(words.get(at)));
            at += 3;
        }
        return pairs;
    }

    /** Takes {@code NAME}, {@code not NAME} or {@code NAME = VALUE or VALUE}, behind the word when. */
    Condition condition() {
        boolean not = skip("not");
        String name = next("the name of a value behind when");
        var values = new ArrayList<String>();
        if (skip("=")) {
            do values.add(next("a value behind ="));
            while (skip("or"));
        }
        Condition condition =
                values.isEmpty() ? Condition.has(name) : Condition.is(name, values.toArray(String[]::new));
        return not ? condition.not() : condition;
    }

    void end() {
        if (more()) throw new IllegalArgumentException("'%s' is not understood here".formatted(words.get(at)));
    }
}
