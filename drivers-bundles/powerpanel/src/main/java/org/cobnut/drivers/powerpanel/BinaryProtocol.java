package org.cobnut.drivers.powerpanel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;
import org.cobnut.model.VarType;
import org.cobnut.table.Cadence;
import org.cobnut.table.Format;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.UnfitAnswerException;

/** Bytes at 1200 bits a second. The OP models tell codes where the PR models tell what they measure. */
final class BinaryProtocol implements Protocol {
    private static final int LEAST_IDENTITY = 20;
    private static final int STATUS_LENGTH = 14;
    private static final int FLAGS = 9;
    /** An answer begins with one of these. */
    private static final String STARTS = "#.";

    private static final String WORDS = "words";

    private static final StatusFlags STATUS_FLAGS = new StatusFlags(0x80, 0x40, 0x04);
    private static final int BEEPER = 0x01;

    private static final Pattern OP = Pattern.compile("\\.[Or][PO].*", Pattern.DOTALL);

    private static final Map<String, String> MODELS = Map.of(
            "rO10", "OP1000AVR",
            "rO27", "OP320AVR",
            "rO29", "OP500AVR",
            "rO31", "OP800AVR",
            "rO33", "OP850AVR",
            "rO37", "OP900AVR",
            "rO39", "OP650AVR",
            "rO41", "OP700AVR",
            "rO43", "OP1250AVR",
            "rO45", "OP1500AVR");

    /** A setting: the code of each of its values. */
    private record Choices(String name, char id, Map<String, Integer> pr, Map<String, Integer> op) {}

    private static final List<Choices> SETTINGS = List.of(
            new Choices("input.transfer.high", '\u0002', steps(138, 147, -9), steps(140, 150, -5)),
            new Choices("input.transfer.low", '\u0004', steps(88, 97, 0), steps(85, 95, -5)),
            new Choices(
                    "battery.charge.low",
                    '\b',
                    codes("25 -6 30 -5 35 -3 40 -1 45 0 50 2 55 4 60 6"),
                    codes("15 -8 18 -7 19 -6 20 -5 22 -4 24 -3 25 -2 26 -1 28 0 30 1 32 2 34 3 35 4 36 5 38 6 40 7")),
            new Choices("ups.start.battery", '\u000f', codes("yes 2 no 0"), codes("yes 2 no 0")),
            new Choices(
                    "output.voltage.nominal",
                    '\u0018',
                    codes("110 -10 120 0 130 10"),
                    codes("110 -2 115 -1 120 0 124 1 128 2 130 3")));

    private static Map<String, Integer> steps(int from, int to, int code) {
        var steps = new LinkedHashMap<String, Integer>();
        for (int value = from; value <= to; value++) steps.put(Integer.toString(value), code + value - from);
        return steps;
    }

    private static Map<String, Integer> codes(String text) {
        var codes = new LinkedHashMap<String, Integer>();
        String[] words = text.split(" ");
        for (int i = 0; i < words.length; i += 2) codes.put(words[i], Integer.valueOf(words[i + 1]));
        return codes;
    }

    @Override
    public String name() {
        return "binary";
    }

    @Override
    public int speed() {
        return 1200;
    }

    @Override
    public String identify(Exchange line) throws IOException {
        line.wake();
        // .PR2200    .x.<.1100
        String answer = line.line("F\r");
        if (answer.length() < LEAST_IDENTITY || answer.charAt(0) != '.')
            throw new UnfitAnswerException("'" + answer.strip() + "' is no identity");
        return answer;
    }

    @Override
    public List<Row<Part>> rows(String identity, Delays delays) {
        if (delays.given())
            throw new IllegalArgumentException(
                    "this UPS speaks the protocol binary, in which nobody knows the delays: leave out ondelay and offdelay");
        boolean op = OP.matcher(identity).matches();
        var rows = new ArrayList<Row<Part>>();
        identity(rows, identity);
        for (Choices choices : SETTINGS) {
            Map<String, Integer> codes = op ? choices.op() : choices.pr();
            String request = "R" + choices.id();
            rows.add(Row.<Part>field(Part.of(request, 0), choices.name(), (raw, known) -> value(codes, raw))
                    .every(Cadence.CHANGE));
            rows.add(Row.setting(
                    choices.name(),
                    Part.SEND,
                    known -> known.has(choices.name())
                            ? Optional.of(VarType.choice(codes.keySet().toArray(String[]::new)))
                            : Optional.empty(),
                    (text, known) -> "Q" + choices.id() + (char) (code(codes, text) & 0xff)));
        }
        readings(rows, op);
        rows.addAll(List.of(
                constant("ups.delay.start", "45"),
                constant("ups.delay.shutdown", "0"),
                command("test.battery.start.quick", "T\u0098"),
                command("test.battery.stop", "CT"),
                command("beeper.toggle", "B"),
                command("shutdown.reboot", "S\0\0R\0\u0001W"),
                command("shutdown.stayoff", "S\0\0W"),
                command("shutdown.stop", "C")));
        return rows;
    }

    private static void identity(List<Row<Part>> rows, String identity) {
        int end = identity.length();
        String model = identity.substring(1, end - 9).strip();
        rows.add(constant("ups.mfr", "CyberPower"));
        rows.add(constant("ups.serial", "[unknown]"));
        rows.add(constant("ups.model", MODELS.getOrDefault(model, model)));
        rows.add(constant("input.voltage.nominal", Integer.toString(identity.charAt(end - 8))));
        rows.add(constant("input.frequency.nominal", Integer.toString(identity.charAt(end - 6))));
        rows.add(constant("ups.firmware", identity.charAt(end - 4) + "." + identity.substring(end - 3)));
    }

    private static void readings(List<Row<Part>> rows, boolean op) {
        Format volts = op ? converted(BinaryProtocol::opVolts, 0) : Format.fixed(0);
        rows.addAll(List.of(
                Row.flag(new Part(STATUS, WORDS), STATUS_FLAGS::words),
                Row.field(Part.of(STATUS, 1), "input.voltage", volts),
                Row.field(Part.of(STATUS, op ? 1 : 2), "output.voltage", volts),
                // On battery and in a test, what comes out is what the UPS makes.
                Row.field(
                        new Part(STATUS, "inverter"),
                        "output.voltage",
                        (raw, known) -> raw.isEmpty() ? Optional.empty() : known.value("output.voltage.nominal")),
                Row.field(Part.of(STATUS, 3), "ups.load", op ? converted(BinaryProtocol::opLoad, 0) : Format.fixed(0)),
                Row.field(
                        Part.of(STATUS, 5),
                        "battery.charge",
                        op ? converted(BinaryProtocol::opCharge, 0) : Format.fixed(0)),
                Row.field(
                        Part.of(STATUS, 6),
                        "ups.temperature",
                        op ? converted(code -> code / 32 * (code / 32) + 10, 1) : Format.fixed(0)),
                Row.field(
                        Part.of(STATUS, 7),
                        "input.frequency",
                        op
                                ? converted(code -> 12_600 / (code + 32), 1)
                                : converted(code -> code == 0 ? 0 : 45 + code / 10, 1)),
                Row.field(new Part(STATUS, "beeper"), "ups.beeper.status", Format.either("disabled", "enabled"))));
    }

    /** What a code stands for; nobody outside the maker knows it exactly. */
    private static Format converted(DoubleUnaryOperator meaning, int decimals) {
        return (raw, known) -> Numbers.parse(raw)
                .map(code -> meaning.applyAsDouble(code))
                .map(value -> Numbers.format(decimals == 0 ? Math.floor(value) : value, decimals));
    }

    private static double opVolts(double code) {
        return code < 26 ? 0 : code * 200 / 230 + 6;
    }

    private static double opLoad(double code) {
        return Math.min(code, 108) * 200 / 108;
    }

    private static double opCharge(double code) {
        return Math.max(0, Math.min(100, (code - 151) * 100 / 46));
    }

    private static Optional<String> value(Map<String, Integer> codes, String raw) {
        return codes.entrySet().stream()
                .filter(entry -> Integer.toString(entry.getValue() & 0xff).equals(raw))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static int code(Map<String, Integer> codes, String text) {
        Integer code = codes.get(text);
        if (code == null) throw new IllegalArgumentException("'" + text + "' is no choice of this UPS");
        return code;
    }

    private static Row<Part> constant(String name, String value) {
        return Row.parameter(name, VarType.READ_ONLY, value, (text, known) -> text);
    }

    private static Row<Part> command(String name, String text) {
        return Row.command(name, Part.SEND, (argument, known) -> text);
    }

    @Override
    public Map<String, String> ask(Exchange line, String request) throws IOException {
        if (request.equals(STATUS)) return status(line.block(request + "\r", STATUS_LENGTH));
        String answer = line.block(request + "\r", 2);
        if (STARTS.indexOf(answer.charAt(0)) < 0) throw new UnfitAnswerException("what came is no parameter");
        return Map.of("0", Integer.toString(answer.charAt(1)));
    }

    // #VVL.CTF.....
    private static Map<String, String> status(String answer) throws UnfitAnswerException {
        if (STARTS.indexOf(answer.charAt(0)) < 0
                || answer.charAt(FLAGS) + answer.charAt(FLAGS + 1) != 255
                || answer.charAt(FLAGS + 2) + answer.charAt(FLAGS + 3) != 255)
            throw new UnfitAnswerException("what came is no status");
        int flags = answer.charAt(FLAGS);
        var parts = new TreeMap<String, String>();
        for (int i = 1; i < FLAGS; i++) parts.put(Integer.toString(i), Integer.toString(answer.charAt(i)));
        parts.put("inverter", (flags & (STATUS_FLAGS.onBattery() | STATUS_FLAGS.test())) != 0 ? "1" : "");
        parts.put("beeper", Integer.toString(flags & BEEPER));
        parts.put(WORDS, flags + " " + parts.get("1") + " " + parts.get("2"));
        return parts;
    }

    /** The UPS says a command again that it takes. */
    @Override
    public boolean order(Exchange line, String text) throws IOException {
        return line.block(text + "\r", text.length()).equals(text);
    }

    @Override
    public List<String> shutdowns(boolean onBattery) {
        return List.of(onBattery ? "shutdown.stayoff" : "shutdown.reboot");
    }
}
