package org.cobnut.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import org.cobnut.program.Getopt;
import org.cobnut.program.Getopt.Given;
import org.cobnut.program.ProgramFailure;

/**
 * The options of a program. Reading stops at -h and at -V, and an option that does not exist counts as -h. The whole words
 * {@code --help} and {@code --version} are -h and -V.
 */
public final class Options {
    private final Getopt read;

    private Options(Getopt read) {
        this.read = read;
    }

    /** Reads the words; an option whose letter is followed by a colon takes an argument. */
    public static Options parse(String known, String[] args) {
        Getopt all = Getopt.parseWithLongWords(known, List.of(args));
        var given = new ArrayList<Given>();
        for (Given option : all.given()) {
            given.add(option);
            if (option.letter() == 'h' || option.letter() == 'V') return new Options(new Getopt(given, List.of(), ""));
        }
        if (!all.fault().isEmpty()) given.add(new Given('h', ""));
        return new Options(new Getopt(given, all.rest(), all.fault()));
    }

    public boolean has(char letter) {
        return read.has(letter);
    }

    public int count(char letter) {
        return read.count(letter);
    }

    /** The argument that came last with this option; the other text when it never came. */
    public String value(char letter, String other) {
        return read.last(letter).orElse(other);
    }

    /** The arguments of all options of that letter. */
    public List<String> values(char letter) {
        return read.all(letter);
    }

    /** Tells whether the first option came, and not before the last coming of the second. */
    public boolean overrides(char one, char other) {
        return last(one) > last(other);
    }

    private int last(char letter) {
        for (int i = read.given().size() - 1; i >= 0; i--)
            if (read.given().get(i).letter() == letter) return i;
        return -1;
    }

    /** The words behind the options. */
    public List<String> rest() {
        return read.rest();
    }

    /**
     * The words behind the options, of which there may be so many.
     *
     * @throws ProgramFailure when there are more: it names them all, for the one too many may stand anywhere
     */
    public List<String> rest(int most, String wanted) throws ProgramFailure {
        if (rest().size() > most) throw tooMany(rest(), wanted);
        return rest();
    }

    /** A usage error: these words, of which there are too many. */
    public static ProgramFailure tooMany(List<String> words, String wanted) {
        var text = new StringBuilder("Error: too many words:");
        for (String word : words) text.append(" \"").append(word).append('"');
        return new ProgramFailure(text.append("; wanted: ")
                .append(wanted)
                .append(". Try -h for help.")
                .toString());
    }

    /** What is wrong with the options; empty when nothing is. */
    public String fault() {
        return read.fault();
    }
}
