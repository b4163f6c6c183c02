package org.cobnut.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command line as POSIX getopt reads it: bundled letters, an argument in the same word or the next, and an end at the
 * first word that is no option, or at an option that does not exist. upsc starts with it, so it has no lambda: the first
 * one in a program costs as much as all the rest.
 *
 * @param rest the words behind the options; none when there is a fault
 * @param fault what is wrong with an option, in the words of the C library; empty when nothing is
 */
public record Getopt(List<Given> given, List<String> rest, String fault) {
    /** One option and its argument, which is empty when it takes none. */
    public record Given(char letter, String value) {}

    /** Copies the lists. */
    public Getopt {
        given = List.copyOf(given);
        rest = List.copyOf(rest);
    }

    /** Reads the words; a letter that is followed by a colon takes an argument. */
    public static Getopt parse(String letters, List<String> words) {
        return parse(letters, words, false);
    }

    /** Reads the words, and takes the whole words {@code --help} and {@code --version} for -h and -V. */
    public static Getopt parseWithLongWords(String letters, List<String> words) {
        return parse(letters, words, true);
    }

    private static Getopt parse(String letters, List<String> words, boolean longWords) {
        var given = new ArrayList<Given>();
        int next = 0;
        while (next < words.size()
                && words.get(next).length() > 1
                && words.get(next).startsWith("-")) {
            String word = longWords ? shortened(words.get(next++)) : words.get(next++);
            if (word.equals("--")) break;
            for (int i = 1; i < word.length(); i++) {
                char letter = word.charAt(i);
                int place = letter == ':' ? -1 : letters.indexOf(letter);
                if (place < 0) return new Getopt(given, List.of(), "invalid option -- '" + letter + "'");
                if (!letters.startsWith(":", place + 1)) {
                    given.add(new Given(letter, ""));
                    continue;
                }
                boolean here = i + 1 < word.length();
                if (!here && next == words.size())
                    return new Getopt(given, List.of(), "option requires an argument -- '" + letter + "'");
                given.add(new Given(letter, here ? word.substring(i + 1) : words.get(next++)));
                break;
            }
        }
        return new Getopt(given, words.subList(next, words.size()), "");
    }

    private static String shortened(String word) {
        if (word.equals("--help")) return "-h";
        return word.equals("--version") ? "-V" : word;
    }

    /** Tells whether the option was given. */
    public boolean has(char letter) {
        return count(letter) > 0;
    }

    /** Counts how often the option was given. */
    public int count(char letter) {
        return all(letter).size();
    }

    /** Returns the argument that came last with this option. */
    public Optional<String> last(char letter) {
        List<String> all = all(letter);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Returns the arguments of this option in their order. */
    public List<String> all(char letter) {
        var all = new ArrayList<String>();
        for (Given option : given) if (option.letter() == letter) all.add(option.value());
        return all;
    }
}
