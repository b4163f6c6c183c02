package org.cobnut.drivers.megatec;

import static org.cobnut.drivers.megatec.Place.REST;
import static org.cobnut.drivers.megatec.Rows.alarm;
import static org.cobnut.drivers.megatec.Rows.command;
import static org.cobnut.drivers.megatec.Rows.field;
import static org.cobnut.drivers.megatec.Rows.flag;
import static org.cobnut.table.Format.either;
import static org.cobnut.table.Format.fixed;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Row.Argument;
import org.cobnut.table.UnfitAnswerException;

/** The answers and commands that nearly all dialects share (Megatec protocol paper, 1996). */
final class Common {
    /** The shortest answer with four ratings in it, its CR included. */
    static final int RATED = 12;

    /** First and last column of each rating, behind the character that begins the answer. */
    private static final int[][] RATINGS = {{0, 4}, {6, 8}, {10, 14}, {16, 19}};

    private Common() {}

    /** The status answer, whatever the letter that asks for it. */
    static List<Row<Place>> status(Query q, String frequency) {
        // (MMM.M NNN.N PPP.P QQQ RR.R SS.S TT.T b7..b0
        // 0123456789012345678901234567890123456789012345
        // 0         1         2         3         4
        return List.of(
                field(q, 1, 5, "input.voltage", fixed(1)),
                field(q, 7, 11, "input.voltage.fault", fixed(1)),
                field(q, 13, 17, "output.voltage", fixed(1)),
                field(q, 19, 21, "ups.load", fixed(0)),
                field(q, 23, 26, frequency, fixed(1)),
                field(q, 28, 31, "battery.voltage", fixed(2)),
                field(q, 33, 36, "ups.temperature", fixed(1)),
                flag(q, 38, "OL", "OB"),
                flag(q, 39, "", "LB"),
                flag(q, 1, 40, Common::regulation),
                alarm(q, 41, "UPS selftest failed!"),
                field(q, 42, 42, "ups.type", either("online", "offline / line interactive")),
                flag(q, 43, "", "CAL"),
                flag(q, 44, "", "FSD"),
                field(q, 45, 45, "ups.beeper.status", either("disabled", "enabled")));
    }

    /** The ratings, of which side the dialect decides. */
    static List<Row<Place>> ratings(Query q, String side) {
        // #MMM.M QQQ SS.SS RR.R
        // 012345678901234567890
        // 0         1         2
        return List.of(
                field(q, 1, REST, side + ".voltage.nominal", rating(0, fixed(0))),
                field(q, 1, REST, side + ".current.nominal", rating(1, fixed(1))),
                field(q, 1, REST, "battery.voltage.nominal", rating(2, fixed(1))),
                field(q, 1, REST, side + ".frequency.nominal", rating(3, fixed(0))));
    }

    /**
     * One of the four ratings: from its columns or, where a UPS makes them wider or narrower, from the words between
     * the blanks, if there are four.
     */
    static Format rating(int number, Format as) {
        return (answer, known) -> {
            boolean columns = answer.length() >= 20
                    && answer.charAt(5) == ' '
                    && answer.charAt(9) == ' '
                    && answer.charAt(15) == ' ';
            if (columns) return as.value(Place.cut(answer, RATINGS[number][0], RATINGS[number][1]), known);
            String[] words = answer.strip().split(" +", -1);
            return words.length == RATINGS.length ? as.value(words[number], known) : Optional.empty();
        };
    }

    /** Commands, with a battery test that lasts what {@code test} makes of its argument. */
    static List<Row<Place>> commands(Argument test) {
        return Stream.concat(
                        shortCommands().stream(),
                        Stream.of(
                                command("test.battery.start", test),
                                command("test.battery.start.deep", "TL"),
                                command("test.battery.stop", "CT")))
                .toList();
    }

    /** Commands of the dialects that know only the ten-second test. */
    static List<Row<Place>> shortCommands() {
        return List.of(
                command("beeper.toggle", "Q"),
                command("load.off", "S00R0000"),
                command("load.on", "C"),
                command("shutdown.return", Delays::shutdownReturn),
                command("shutdown.stayoff", Delays::shutdownStayoff),
                command("shutdown.stop", "C"),
                command("test.battery.start.quick", "T"));
    }

    /** Minutes in two digits from seconds; ten minutes when nothing is said. */
    static String testMinutes(String argument, Known known) {
        return "T" + Numbers.digits(2, seconds(argument, 60, 5940) / 60);
    }

    /** The same, for those that also take tenths of a minute. */
    static String testTenths(String argument, Known known) {
        return "T" + Delays.wire(seconds(argument, 12, 5940));
    }

    /** blazer_ser counts the test in minutes. */
    static String testInMinutes(String argument, Known known) {
        return "T" + Numbers.digits(2, number(argument, 10, 1, 99));
    }

    /**
     * What the bit for "bypass, boost or buck" means, told from both voltages. On battery there is no input to compare
     * with, and an answer of which neither can be true says nothing.
     */
    private static List<String> regulation(String text) throws UnfitAnswerException {
        return regulation(text, 0, 12, 39);
    }

    /** The same for other columns of input, output and the bit. */
    static List<String> regulation(String text, int input, int output, int bit) throws UnfitAnswerException {
        char active = text.length() > bit ? text.charAt(bit) : ' ';
        if (active == '0') return List.of();
        if (active != '1') throw new UnfitAnswerException("'" + active + "' stands where a 0 or a 1 should");
        double in = Numbers.parse(text.substring(input, input + 5)).orElse(0.0);
        double out = Numbers.parse(text.substring(output, output + 5)).orElse(0.0);
        if (out < 0.5 * in || out >= 1.5 * in) return List.of();
        if (out < 0.95 * in) return List.of("TRIM");
        return List.of(out < 1.05 * in ? "BYPASS" : "BOOST");
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
