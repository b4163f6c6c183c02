package org.cobnut.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command line as POSIX getopt reads it: bundled letters, an argument in the same word or the next, and an end at the
 * first word that is no option, or at an option that does not exist.
 *
 * @param fault what is wrong with an option, in the words of the C library; empty when nothing is
 */
record Getopt(List<Given> given, List<String> rest, String fault) {
    /** One option and its argument, which is empty when it takes none. */
    record Given(char letter, String value) {}

    Getopt {
        given = List.copyOf(given);
        rest = List.copyOf(rest);
    }

    /** Reads the words; a letter that is followed by a colon takes an argument. */
    static Getopt parse(String letters, List<String> words) {
        var given = new ArrayList<Given>();
        int next = 0;
        while (next < words.size()
                && words.get(next).length() > 1
                && words.get(next).startsWith("-")) {
            var word = words.get(next++);
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

    /** The words with -h and -V in place of {@code --help} and {@code --version}, which NUT's drivers do not take. */
    static List<String> withLongWords(List<String> words) {
        return words.stream()
                .map(word -> word.equals("--help") ? "-h" : word.equals("--version") ? "-V" : word)
                .toList();
    }

    /** Refuses words behind the options, by name and in the words of NUT's drivers, for a program that takes none. */
    void refuseWords(StartMessages messages) throws StartException {
        if (rest.isEmpty()) return;
        messages.fault("unexpected: "
                + String.join(" ", rest.stream().map(word -> '"' + word + '"').toList()));
        throw new StartException("Error: too many non-option arguments. Try -h for help.");
    }

    boolean has(char letter) {
        return count(letter) > 0;
    }

    int count(char letter) {
        return (int) given.stream().filter(option -> option.letter() == letter).count();
    }

    /** The argument that came last with this option. */
    Optional<String> last(char letter) {
        return all(letter).stream().reduce((earlier, later) -> later);
    }

    List<String> all(char letter) {
        return given.stream()
                .filter(option -> option.letter() == letter)
                .map(Given::value)
                .toList();
    }
}
