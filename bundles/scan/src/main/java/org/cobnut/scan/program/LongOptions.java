package org.cobnut.scan.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Options as GNU's getopt_long reads them: letters, bundled or not, and words behind two hyphens, which may be shortened as
 * long as they are not ambiguous. Words that are no options may stand anywhere.
 */
final class LongOptions {
    /** What stands for an option that does not exist or is used wrongly. */
    static final char WRONG = '?';

    /**
     * One option, in the order in which they came.
     *
     * @param letter of the option; {@link #WRONG} for one that is no option
     * @param value behind it; empty when it takes none
     * @param fault what getopt says of it; empty for nothing
     */
    record Given(char letter, String value, String fault) {}

    private final String letters;
    private final Map<String, Character> words;
    private final List<Given> given = new ArrayList<>();

    private LongOptions(String letters, Map<String, Character> words) {
        this.letters = letters;
        this.words = words;
    }

    /**
     * Reads the words of a command line.
     *
     * @param letters each option, with a colon behind it when it takes a value
     * @param words the long forms, and the letters that they stand for, in the order in which getopt names them
     */
    static List<Given> parse(String letters, Map<String, Character> words, List<String> args) {
        var options = new LongOptions(letters, words);
        for (int i = 0; i < args.size(); ) {
            String word = args.get(i);
            if (word.equals("--")) break;
            boolean more = i + 1 < args.size();
            int taken = 0;
            if (word.startsWith("--")) taken = options.word(word.substring(2), more ? args.get(i + 1) : "", more);
            else if (word.length() > 1 && word.charAt(0) == '-')
                taken = options.bundle(word, more ? args.get(i + 1) : "", more);
            i += 1 + taken;
        }
        return options.given;
    }

    /** How many of the words behind it belong to it. */
    private int bundle(String word, String behind, boolean more) {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            int place = letter == ':' ? -1 : letters.indexOf(letter);
            if (place < 0) {
                wrong("invalid option -- '" + letter + '\'');
                continue;
            }
            if (!letters.startsWith(":", place + 1)) {
                given.add(new Given(letter, "", ""));
                continue;
            }
            boolean here = i + 1 < word.length();
            if (here) given.add(new Given(letter, word.substring(i + 1), ""));
            else if (more) given.add(new Given(letter, behind, ""));
            else wrong("option requires an argument -- '" + letter + '\'');
            return here || !more ? 0 : 1;
        }
        return 0;
    }

    private int word(String text, String behind, boolean more) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        var matching = new TreeMap<String, Character>();
        if (words.containsKey(name)) matching.put(name, words.getOrDefault(name, WRONG));
        else
            words.forEach((known, letter) -> {
                if (known.startsWith(name)) matching.put(known, letter);
            });
        if (matching.isEmpty()) return wrong("unrecognized option '--" + text + '\'');
        if (matching.size() > 1) return wrong("option '--" + text + "' is ambiguous; possibilities:" + possible(name));
        String whole = matching.firstKey();
        char letter = matching.firstEntry().getValue();
        if (!letters.contains(letter + ":")) {
            if (equals >= 0) return wrong("option '--" + whole + "' doesn't allow an argument");
            given.add(new Given(letter, "", ""));
            return 0;
        }
        if (equals < 0 && !more) return wrong("option '--" + whole + "' requires an argument");
        given.add(new Given(letter, equals < 0 ? behind : text.substring(equals + 1), ""));
        return equals < 0 ? 1 : 0;
    }

    private String possible(String name) {
        var text = new StringBuilder();
        for (String known : words.keySet())
            if (known.startsWith(name)) text.append(" '--").append(known).append('\'');
        return text.toString();
    }

    private int wrong(String fault) {
        given.add(new Given(WRONG, "", fault));
        return 0;
    }
}
