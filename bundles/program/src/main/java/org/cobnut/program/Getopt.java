package org.cobnut.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static final Map<String, Character> HELP = Map.of("help", 'h', "version", 'V');

    /** One option and its argument, which is empty when it takes none. */
    public record Given(char letter, String value) {}

    /** Copies the lists. */
    public Getopt {
        given = List.copyOf(given);
        rest = List.copyOf(rest);
    }

    /** Reads the words; a letter that is followed by a colon takes an argument. */
    public static Getopt parse(String letters, List<String> words) {
        return new GetoptReader(letters, Map.of(), false, words).read();
    }

    /** Reads the words, and takes the whole words {@code --help} and {@code --version} for -h and -V. */
    public static Getopt parseWithLongWords(String letters, List<String> words) {
        return new GetoptReader(letters, HELP, false, words).read();
    }

    /**
     * Reads the words as GNU's getopt_long does: words behind two hyphens may be shortened as long as they are not ambiguous,
     * and words that are no options may stand anywhere.
     *
     * @param names the long forms, and the letters that they stand for, in the order in which getopt names them
     */
    public static Getopt parsePermuted(String letters, Map<String, Character> names, List<String> words) {
        return new GetoptReader(letters, names, true, words).read();
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
