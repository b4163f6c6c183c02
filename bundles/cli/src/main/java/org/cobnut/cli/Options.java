package org.cobnut.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Options as POSIX getopt reads them: bundled letters, an argument in the same word or the next, and an end at the first
 * word that is no option. Reading stops at -h, at -V, and at an option that does not exist, which counts as -h. The whole
 * words {@code --help} and {@code --version} are -h and -V.
 */
final class Options {
    private final List<Character> letters = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private List<String> rest = List.of();
    private String fault = "";

    private Options() {}

    /** Reads the words; an option whose letter is followed by a colon takes an argument. */
    static Options parse(String known, String[] args) {
        var options = new Options();
        int next = 0;
        while (next < args.length && args[next].length() > 1 && args[next].charAt(0) == '-') {
            String word = args[next++];
            if (word.equals("--")) break;
            word = shortened(word);
            for (int i = 1; i < word.length(); i++) {
                char letter = word.charAt(i);
                int place = letter == ':' ? -1 : known.indexOf(letter);
                if (place < 0) return options.refuse("invalid option -- '" + letter + '\'');
                if (!known.startsWith(":", place + 1)) {
                    options.add(letter, "");
                    if (letter == 'h' || letter == 'V') return options;
                    continue;
                }
                boolean here = i + 1 < word.length();
                if (!here && next == args.length)
                    return options.refuse("option requires an argument -- '" + letter + '\'');
                options.add(letter, here ? word.substring(i + 1) : args[next++]);
                break;
            }
        }
        options.rest = Arrays.asList(args).subList(next, args.length);
        return options;
    }

    private static String shortened(String word) {
        if (word.equals("--help")) return "-h";
        return word.equals("--version") ? "-V" : word;
    }

    boolean has(char letter) {
        return letters.contains(letter);
    }

    int count(char letter) {
        return Collections.frequency(letters, letter);
    }

    /** The argument that came last with this option; the other text when it never came. */
    String value(char letter, String other) {
        int last = letters.lastIndexOf(letter);
        return last < 0 ? other : values.get(last);
    }

    /** The arguments of all options of that letter. */
    List<String> values(char letter) {
        var all = new ArrayList<String>();
        for (int i = 0; i < letters.size(); i++) if (letters.get(i) == letter) all.add(values.get(i));
        return all;
    }

    /** Whether the first option came, and not before the last coming of the second. */
    boolean overrides(char one, char other) {
        return letters.lastIndexOf(one) > letters.lastIndexOf(other);
    }

    /** The words behind the options. */
    List<String> rest() {
        return rest;
    }

    /**
     * The words behind the options, of which there may be so many.
     *
     * @throws Failure when there are more: it names them all, for the one too many may stand anywhere
     */
    List<String> rest(int most, String wanted) throws ProgramFailure {
        if (rest.size() > most) throw tooMany(rest, wanted);
        return rest;
    }

    /** A usage error: these words, of which there are too many. */
    static ProgramFailure tooMany(List<String> words, String wanted) {
        var text = new StringBuilder("Error: too many words:");
        for (String word : words) text.append(" \"").append(word).append('"');
        return new ProgramFailure(text.append("; wanted: ")
                .append(wanted)
                .append(". Try -h for help.")
                .toString());
    }

    /** What is wrong with the options; empty when nothing is. */
    String fault() {
        return fault;
    }

    private void add(char letter, String value) {
        letters.add(letter);
        values.add(value);
    }

    private Options refuse(String why) {
        fault = why;
        add('h', "");
        return this;
    }
}
