package org.cobnut.drivers.best;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.table.Format;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;

/**
 * What a unit of the families Ferrups and Fortress II is.
 *
 * @param series two letters: LI, FE, FD, ME, MD, RE
 * @param empty volts of its battery, like those behind it
 */
record Ferrups(String name, String series, int power, int realPower, double empty, double low, double full) {
    /** Volts of a battery of one block that does not tell when it is full. */
    private static final double USUAL_FULL = 13.7;

    private static final int CONFIGURATION = 70;
    private static final int LINE_REGULATED = 4;
    private static final int HALF_VOLTS = 115;

    /** Finds out what a unit is: one answers with its configuration, another with its name. */
    static Ferrups of(BestProtocol protocol) throws IOException {
        Optional<String> configuration = answer(protocol, "fc").filter(text -> text.startsWith("$"));
        if (configuration.isPresent() && configuration.get().length() > CONFIGURATION)
            return configured(configuration.get());
        return named(protocol, protocol.text("id"));
    }

    private static Ferrups configured(String text) throws IOException {
        String name =
                switch (text.substring(3, 5)) {
                    case "02" -> "FortressII";
                    case "03" -> "Ferrups";
                    case "04" -> "Unity/1";
                    default ->
                        throw new IOException(
                                "its configuration is that of no Fortress II, Ferrups or Unity/1: " + text);
                };
        if (!text.substring(5, 7).matches("0[0-3]") && !text.startsWith("LI", 71))
            throw new IOException("its model is none that the driver knows: " + text);
        return new Ferrups(
                name,
                "LI",
                (int) digits(text, 11, 5),
                (int) digits(text, 16, 5),
                digits(text, 57, 4) / 10,
                digits(text, 53, 4) / 10,
                digits(text, 49, 4) / 10);
    }

    private static double digits(String text, int from, int length) throws IOException {
        return Numbers.parse(text.substring(from, from + length))
                .orElseThrow(() -> new IOException("its configuration has no number at column " + from + ": " + text));
    }

    private static Ferrups named(BestProtocol protocol, String text) throws IOException {
        if (text.matches("(?s).*Model:\\s+FE.*"))
            return new Ferrups(
                    "Ferrups",
                    "FE",
                    (int) value(protocol, "d 45", "RatedVA"),
                    (int) value(protocol, "d 46", "RatedW"),
                    value(protocol, "d 65", "LoBatV"),
                    value(protocol, "d 66", "NLBatV"),
                    value(protocol, "d 67", "HiBatV"));
        String unit = text.replaceAll("(?s).*Unit ID \"?", "");
        String series = unit.startsWith("C1K") ? "MD" : unit.substring(0, Math.min(2, unit.length()));
        boolean large = series.equals("ME") || series.equals("FD");
        if (!large && !series.equals("MD"))
            throw new IOException("it says that it is no model that the driver knows: " + unit);
        double full = value(protocol, "d 28", "Hi Batt");
        double empty = value(protocol, "d 27", "LowBatt");
        return new Ferrups(
                series.equals("FD") ? "Ferrups" : "Micro Ferrups",
                series,
                unit.startsWith("ME3.1K") ? 3100 : unit.startsWith("FD4.3K") ? 4300 : series.equals("MD") ? 1100 : 0,
                unit.startsWith("ME3.1K") ? 2200 : unit.startsWith("FD4.3K") ? 3000 : series.equals("MD") ? 770 : 0,
                empty,
                value(protocol, "d 30", "NLBatt"),
                full > empty ? full : USUAL_FULL);
    }

    static double value(BestProtocol protocol, String question, String word) throws IOException {
        return answer(protocol, question)
                .flatMap(text -> BestProtocol.numberBehind(text, word))
                .flatMap(Numbers::parse)
                .orElse(0.);
    }

    private static Optional<String> answer(BestProtocol protocol, String question) throws IOException {
        try {
            return Optional.of(protocol.ask(question));
        } catch (NoAnswerException | UnfitAnswerException none) {
            return Optional.empty();
        }
    }

    String model() {
        return "%s %s%d".formatted(name, series, power);
    }

    /** A guess: the unit does not tell it. */
    double ideal() {
        return (full - empty) * 0.7 + empty;
    }

    List<Row<AnswerPart>> rows() {
        List<Row<AnswerPart>> rows = BestSession.rows(model());
        BestSession.constant(rows, "ups.power.nominal", Integer.toString(power));
        BestSession.constant(rows, "ups.realpower.nominal", Integer.toString(realPower));
        BestSession.constant(rows, "battery.voltage.nominal", Numbers.format(ideal(), 2));
        rows.add(Row.flag(BestProtocol.columns(16, 74), digits -> words(digits, low)));
        BestSession.field(rows, 54, 58, "input.frequency", Format.times(0.01, 2));
        charge(rows, empty, ideal());
        if (!series.equals("FD")) {
            BestSession.field(rows, 36, 40, "output.current", Format.times(0.1, 1));
            BestSession.field(rows, 40, 46, "ups.power", Format.fixed(0).from(1));
        }
        if (!series.equals("LI"))
            BestSession.field(
                    rows, 62, 66, "ups.temperature", Format.times(1, 1).from(1));
        load(rows, series.equals("MD") ? "d 22" : "d 16");
        return rows;
    }

    static void load(List<Row<AnswerPart>> rows, String question) {
        rows.add(Row.field(new AnswerPart(question, "FullLoad%"), "ups.load", Format.fixed(1)));
    }

    static void charge(List<Row<AnswerPart>> rows, double empty, double full) {
        BestSession.field(rows, 50, 54, "battery.charge", (raw, known) -> Numbers.parse(raw)
                .filter(tenths -> full > empty)
                .map(tenths -> 100 * (tenths / 10 - empty) / (full - empty))
                .map(percent -> Numbers.format(Math.max(0, Math.min(100, percent)), 1)));
    }

    /** Words of ups.status, of the columns 16 to 74. */
    static List<String> words(String digits, double low) {
        boolean inverter = number(digits, 0, 2) != 0;
        int alarms = number(digits, 4, 2) | number(digits, 6, 2) << 8;
        int volts = number(digits, 8, 4);
        var words = new ArrayList<>(List.of(inverter ? "OB" : "OL"));
        if ((alarms & 0x02) != 0 || number(digits, 34, 4) / 10. <= low) words.add("LB");
        if (inverter && (number(digits, 56, 2) & LINE_REGULATED) != 0 && volts != HALF_VOLTS)
            words.add(volts > HALF_VOLTS ? "TRIM" : "BOOST");
        if ((alarms & 0x400) != 0) words.add("RB");
        if ((alarms & 0x40) != 0) words.add("OVER");
        return words;
    }

    /** A digit that is none of the ten counts as 0. */
    private static int number(String digits, int from, int length) {
        return Integer.parseInt(digits.substring(from, from + length).replaceAll("\\D", "0"));
    }
}
