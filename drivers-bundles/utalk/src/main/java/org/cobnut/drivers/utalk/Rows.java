package org.cobnut.drivers.utalk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cobnut.model.VarType;
import org.cobnut.table.Cadence;
import org.cobnut.table.Format;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.Words;

/** The questions of U-Talk as rows. */
final class Rows {
    private static final Pattern FLAGS = Pattern.compile("[01]{8,}( ?[01]+)*");
    /** The place in the answer to Ls that says that the battery is empty. */
    private static final int EMPTY = 16;

    /** Factors of volts, amperes and hertz, by the number of the table that the UPS names. */
    private static final Map<Integer, Factors> FACTORS =
            Map.of(1, new Factors(1, 1, 0.1), 2, new Factors(0.01, 0.01, 1), 3, new Factors(1, 0.01, 0.1));

    private record Factors(double volts, double amperes, double hertz) {}

    private Rows() {}

    /**
     * The table of a UPS.
     *
     * @param factors the answer to Ai: level of the protocol and number of the table
     */
    static Table<Question> table(Identity identity, String factors) {
        Factors factor = factors(factors);
        var rows = new ArrayList<Row<Question>>(List.of(
                status("Ss", Map.of(6, "OVER", 4, "LB", 3, "RB")),
                Row.flag(new Question("Ss"), raw -> List.of(flag(raw, 5) ? "OB" : "OL")),
                Row.alarm(new Question("Ss"), words(Map.of(1, "communication fault", 0, "alarm of the device"))),
                status("Bs", Map.of(7, "RB", 3, "RB", 1, "CHRG", 0, "DISCHRG")),
                status("Ls", Map.of(4, "BOOST", 3, "OVER", 2, "TRIM")),
                Row.flag(new Question("Ls"), raw -> flag(raw, EMPTY) ? List.of("OB", "LB") : List.of()),
                status("Ps", Map.of(7, "BYPASS", 6, "BYPASS")),
                constant("ups.mfr", "MGE UPS SYSTEMS"),
                constant("ups.model", identity.model()),
                constant("ups.firmware", identity.firmware()),
                reading("battery.charge", "Bl", 1, 1),
                reading("battery.runtime", "Bn", 1, 0),
                reading("battery.voltage", "Bv", factor.volts(), 1),
                Row.<Question>field(new Question("Bv ?"), "battery.voltage.nominal", times(factor.volts(), 1))
                        .every(Cadence.CHANGE),
                reading("ups.temperature", "St", 1, 1),
                reading("ups.load", "Ll", 1, 1),
                reading("output.voltage", "Lv", factor.volts(), 1),
                reading("output.current", "Lc", factor.amperes(), 1),
                reading("input.voltage", "Uv", factor.volts(), 1),
                reading("input.frequency", "Uf", factor.hertz(), 2)));
        if (!identity.raw().isEmpty()) rows.add(constant("ups.id", identity.raw()));
        setting(rows, "battery.charge.low", "Bl", times(1, 0), 2);
        setting(rows, "ups.delay.start", "Sm", times(1, 0), 5);
        setting(rows, "ups.delay.shutdown", "Sn", times(1, 0), 5);
        setting(rows, "ups.test.interval", "Bp", times(1, 0), 5);
        setting(rows, "input.transfer.low", "Ee", times(factor.volts(), 1), 5);
        setting(rows, "input.transfer.boost.low", "Ee", times(factor.volts(), 1), 5);
        setting(rows, "input.transfer.boost.high", "Eo", times(factor.volts(), 1), 5);
        setting(rows, "input.transfer.trim.low", "Ea", times(factor.volts(), 1), 5);
        setting(rows, "input.transfer.high", "Eu", times(factor.volts(), 1), 5);
        setting(rows, "input.transfer.trim.high", "Eu", times(factor.volts(), 1), 5);
        commands(rows);
        return Table.of("U-Talk", rows);
    }

    private static void commands(List<Row<Question>> rows) {
        rows.addAll(List.of(
                order("test.battery.start", "Bx 1"),
                order("test.panel.start", "Sx 129"),
                order("shutdown.return", "Sx 5").then(Question.ORDER, (argument, known) -> "Sx 0"),
                order("shutdown.stayoff", "Sx 0"),
                order("load.off", "Wy 65535").then(Question.ORDER, (argument, known) -> "Wx 0"),
                order("load.on", "Wy 65535").then(Question.ORDER, (argument, known) -> "Wx 1"),
                order("bypass.start", "Px 3"),
                order("bypass.stop", "Px 2")));
    }

    private static Factors factors(String answer) {
        String[] words = answer.split(" ");
        int table =
                words.length > 1 ? Numbers.parse(words[1]).map(Double::intValue).orElse(0) : 0;
        return FACTORS.getOrDefault(table, new Factors(1, 1, 1));
    }

    private static Row.Command<Question> order(String name, String text) {
        return Row.command(name, Question.ORDER, (argument, known) -> text);
    }

    private static Row<Question> constant(String name, String value) {
        return Row.parameter(name, VarType.READ_ONLY, value, (text, known) -> text);
    }

    private static Row<Question> reading(String name, String question, double factor, int decimals) {
        return Row.field(new Question(question), name, times(factor, decimals));
    }

    private static Format times(double factor, int decimals) {
        return (raw, known) -> Numbers.leading(raw).map(number -> Numbers.format(number * factor, decimals));
    }

    private static void setting(List<Row<Question>> rows, String name, String question, Format format, int length) {
        rows.add(
                Row.<Question>field(new Question(question + " ?"), name, format).every(Cadence.CHANGE));
        rows.add(Row.setting(
                name,
                new Question(question + " ?"),
                known -> known.has(name) ? Optional.of(VarType.text(length)) : Optional.empty(),
                (text, known) -> {
                    if (!text.matches("\\d{1,5}"))
                        throw new IllegalArgumentException("'" + text + "' is no whole number that the UPS takes");
                    return question + " " + text;
                }));
    }

    private static Row<Question> status(String question, Map<Integer, String> words) {
        return Row.flag(new Question(question), words(words));
    }

    /** The words of the places that hold a 1. */
    private static Words words(Map<Integer, String> words) {
        return raw -> {
            var said = new ArrayList<String>();
            for (Map.Entry<Integer, String> word : words.entrySet())
                if (flag(raw, word.getKey())) said.add(word.getValue());
            return said;
        };
    }

    private static boolean flag(String raw, int place) throws UnfitAnswerException {
        if (raw.isEmpty()) return false;
        if (!FLAGS.matcher(raw).matches()) throw new UnfitAnswerException("'" + raw + "' is no status");
        return place < raw.length() && raw.charAt(place) == '1';
    }
}
