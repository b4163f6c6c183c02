package org.cobnut.drivers.megatec.dialect;

import java.util.List;
import java.util.Optional;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.UnfitAnswerException;

/** The answers and commands that nearly all dialects share (Megatec protocol paper, 1996). */
public final class MegatecFunctions {
    /** The shortest answer with four ratings in it, its CR included. */
    public static final int RATED = 12;

    /** First and last column of each rating, behind the character that begins the answer. */
    private static final int[][] COLUMNS = {{0, 4}, {6, 8}, {10, 14}, {16, 19}};

    /** What the answer with four ratings looks like; a UPS writes what it does not know with other characters than digits. */
    public static final String RATINGS = "#[-+0-9.@*]+( +[-+0-9.@*]+){3} *";

    private MegatecFunctions() {}

    /**
     * One of the four ratings: from its columns or, where a UPS makes them wider or narrower, from the words between
     * the blanks, if there are four.
     */
    public static Format rating(int number, Format as) {
        Format part = rating(number);
        return (answer, known) -> part.value(answer, known).flatMap(text -> as.value(text, known));
    }

    /** The same as text. */
    public static Format rating(int number) {
        return (answer, known) -> {
            boolean columns = answer.length() >= 20
                    && answer.charAt(5) == ' '
                    && answer.charAt(9) == ' '
                    && answer.charAt(15) == ' ';
            if (columns) return Optional.of(Address.cut(answer, COLUMNS[number][0], COLUMNS[number][1]));
            String[] words = answer.strip().split(" +", -1);
            return words.length == COLUMNS.length ? Optional.of(words[number]) : Optional.empty();
        };
    }

    /** Minutes in two digits from seconds; ten minutes when nothing is said. */
    public static String testMinutes(String argument, Known known) {
        return "T" + Numbers.digits(2, seconds(argument, 60, 5940) / 60);
    }

    /** The same, for those that also take tenths of a minute. */
    public static String testTenths(String argument, Known known) {
        return "T" + Delays.wire(seconds(argument, 12, 5940));
    }

    /** blazer_ser counts the test in minutes. */
    public static String testInMinutes(String argument, Known known) {
        return "T" + Numbers.digits(2, number(argument, 10, 1, 99));
    }

    /**
     * What the bit for "bypass, boost or buck" means, told from both voltages. On battery there is no input to compare
     * with, and an answer of which neither can be true says nothing.
     */
    public static List<String> regulation(String text) throws UnfitAnswerException {
        return regulation(text, 0, 12, 39);
    }

    /** The same for other columns of input, output and the bit. */
    public static List<String> regulation(String text, int input, int output, int bit) throws UnfitAnswerException {
        if (text.length() < output + 5) throw new UnfitAnswerException("'" + text + "' has no two voltages");
        return regulation(
                Numbers.parse(text.substring(input, input + 5)).orElse(0.0),
                Numbers.parse(text.substring(output, output + 5)).orElse(0.0),
                text.length() > bit ? text.charAt(bit) : ' ');
    }

    /** The same for voltages and the bit. */
    public static List<String> regulation(double in, double out, char active) throws UnfitAnswerException {
        if (active == '0') return List.of();
        if (active != '1') throw new UnfitAnswerException("'" + active + "' stands where a 0 or a 1 should");
        if (out < 0.5 * in || out >= 1.5 * in) return List.of();
        if (out < 0.95 * in) return List.of("TRIM");
        return List.of(out < 1.05 * in ? "BYPASS" : "BOOST");
    }

    /** The number behind "PI" as its maker names the protocol. */
    public static Optional<String> protocol(String text, Known known) {
        return Optional.of("Voltronic Power P" + text.substring(Math.min(2, text.length())));
    }

    private static long seconds(String argument, long min, long max) {
        return number(argument, 600, min, max);
    }

    private static long number(String argument, long fallback, long min, long max) {
        if (argument.isEmpty()) return fallback;
        long number = Numbers.whole(argument);
        if (number < min || number > max)
            throw new IllegalArgumentException("%d is not between %d and %d".formatted(number, min, max));
        return number;
    }
}
