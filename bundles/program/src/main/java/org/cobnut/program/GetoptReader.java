package org.cobnut.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one command line, up to the first fault. It has no lambda, for the reason that {@link Getopt} names. */
final class GetoptReader {
    private final String letters;
    private final Map<String, Character> names;
    private final boolean permutes;
    private final List<String> words;
    private final List<Getopt.Given> given = new ArrayList<>();
    private String fault = "";
    private int next;

    /**
     * A command line of which nothing is read yet.
     *
     * @param names the words that stand for letters
     * @param permutes whether words that are no options may stand anywhere, and names may be shortened
     */
    GetoptReader(String letters, Map<String, Character> names, boolean permutes, List<String> words) {
        this.letters = letters;
        this.names = names;
        this.permutes = permutes;
        this.words = words;
    }

    Getopt read() {
        var rest = new ArrayList<String>();
        while (next < words.size()) {
            String word = words.get(next);
            boolean option = word.length() > 1 && word.charAt(0) == '-';
            if (!option && !permutes) break;
            next++;
            if (word.equals("--")) break;
            if (!option) rest.add(word);
            else if (word.startsWith("--") && (permutes || names.containsKey(word.substring(2))))
                name(word.substring(2));
            else bundle(word);
            if (!fault.isEmpty()) return new Getopt(given, List.of(), fault);
        }
        rest.addAll(words.subList(next, words.size()));
        return new Getopt(given, rest, "");
    }

    private void bundle(String word) {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            if (letter == ':' || letters.indexOf(letter) < 0) {
                fault = "invalid option -- '" + letter + "'";
                return;
            }
            if (!takesArgument(letter)) {
                given.add(new Getopt.Given(letter, ""));
                continue;
            }
            boolean here = i + 1 < word.length();
            if (here) given.add(new Getopt.Given(letter, word.substring(i + 1)));
            else if (next < words.size()) given.add(new Getopt.Given(letter, words.get(next++)));
            else fault = "option requires an argument -- '" + letter + "'";
            return;
        }
    }

    private void name(String text) {
        int equals = text.indexOf('=');
        String start = equals < 0 ? text : text.substring(0, equals);
        List<String> matching = matching(start);
        if (matching.isEmpty()) fault = "unrecognized option '--" + text + "'";
        else if (matching.size() > 1)
            fault = "option '--" + text + "' is ambiguous; possibilities: '--" + String.join("' '--", matching) + "'";
        else named(matching.get(0), equals < 0 ? null : text.substring(equals + 1));
    }

    private void named(String name, @Nullable String value) {
        char letter = names.getOrDefault(name, '?');
        boolean takes = takesArgument(letter);
        if (!takes && value != null) fault = "option '--" + name + "' doesn't allow an argument";
        else if (!takes) given.add(new Getopt.Given(letter, ""));
        else if (value != null) given.add(new Getopt.Given(letter, value));
        else if (next < words.size()) given.add(new Getopt.Given(letter, words.get(next++)));
        else fault = "option '--" + name + "' requires an argument";
    }

    /** The name itself, or else all that begin with it. */
    private List<String> matching(String start) {
        if (names.containsKey(start)) return List.of(start);
        var found = new ArrayList<String>();
        for (String name : names.keySet()) if (name.startsWith(start)) found.add(name);
        return found;
    }

    private boolean takesArgument(char letter) {
        return letters.startsWith(":", letters.indexOf(letter) + 1);
    }
}
