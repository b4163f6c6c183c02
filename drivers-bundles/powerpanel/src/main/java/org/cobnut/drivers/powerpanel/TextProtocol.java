package org.cobnut.drivers.powerpanel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cobnut.model.VarType;
import org.cobnut.table.Cadence;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.UnfitAnswerException;

/** Lines of text at 2400 bits a second. */
final class TextProtocol implements Protocol {
    private static final String IDENTITY = "P4";
    private static final int LEAST_IDENTITY = 46;
    private static final String DONE = "#0";
    /** The part of the status from which its words come: the first flags, and both voltages. */
    private static final String WORDS = "words";

    private static final StatusFlags STATUS_FLAGS = new StatusFlags(0x40, 0x20, 0x08);

    private static final Pattern LIST = Pattern.compile("#[\\x20-\\x7e]+");

    @Override
    public String name() {
        return "text";
    }

    @Override
    public int speed() {
        return 2400;
    }

    @Override
    public String identify(Exchange line) throws IOException {
        line.wake();
        String answer = line.line(IDENTITY + "\r");
        if (answer.length() < LEAST_IDENTITY || !LIST.matcher(answer).matches())
            throw new UnfitAnswerException("'" + answer.strip() + "' is no identity");
        return answer;
    }

    @Override
    public List<Row<Part>> rows(String identity, Delays delays) {
        var rows = new ArrayList<Row<Part>>();
        rows.add(Row.<Part>flag(new Part(STATUS, WORDS), STATUS_FLAGS::words));
        String[] texts = identity.substring(1).split(",", -1);
        List<String> names = List.of("ups.model", "ups.firmware", "ups.serial", "ups.mfr");
        for (int i = 0; i < Math.min(texts.length, names.size()); i++)
            if (!texts[i].isBlank()) rows.add(constant(names.get(i), texts[i].strip()));
        rows.addAll(List.of(
                once("P3", 0, "battery.voltage.nominal", number(1)),
                once("P3", 1, "battery.packs", number(0)),
                once("P3", 2, "battery.capacity", number(1)),
                once("P2", 0, "ups.power.nominal", number(0)),
                once("P2", 1, "ups.realpower.nominal", number(0)),
                once("P2", 2, "input.voltage.nominal", number(0)),
                once("P2", 3, "input.frequency.low", number(0)),
                once("P2", 4, "input.frequency.high", number(0)),
                set(0, "input.voltage.nominal"),
                set(1, "input.transfer.high"),
                set(2, "input.transfer.low"),
                set(3, "battery.charge.low"),
                reading("I", "input.voltage", number(1)),
                reading("O", "output.voltage", number(1)),
                reading("L", "ups.load", number(0)),
                reading("F", "input.frequency", number(1)),
                reading("H", "output.frequency", number(1)),
                reading("T", "ups.temperature", number(0)),
                reading("B", "battery.charge", number(0)),
                reading("V", "battery.voltage", number(1)),
                reading("V", "battery.voltage.nominal", TextProtocol::nominal),
                reading("R", "battery.runtime", Format.times(60, 0))));
        choices(rows, "P6", "input.transfer.high", "C2:%03d");
        choices(rows, "P7", "input.transfer.low", "C3:%03d");
        choices(rows, "P8", "battery.charge.low", "C4:%02d");
        rows.add(constant("ups.delay.start", Long.toString(delays.on() * 60)));
        rows.add(constant("ups.delay.shutdown", Long.toString(delays.off())));
        commands(rows, delays);
        return rows;
    }

    private static void commands(List<Row<Part>> rows, Delays delays) {
        rows.addAll(List.of(
                command("test.battery.start.quick", "T"),
                command("test.battery.start.deep", "TL"),
                command("test.battery.stop", "CT"),
                command("beeper.enable", "C7:1"),
                command("beeper.disable", "C7:0"),
                command("beeper.on", "C7:1"),
                command("beeper.off", "C7:0"),
                command("shutdown.stop", "C"),
                command("shutdown.return", "Z" + delays.wire()),
                command("shutdown.stayoff", "S" + delays.wire()),
                command("shutdown.reboot", "S%sR%04d".formatted(delays.wire(), delays.on()))));
    }

    /** A setting whose choices another answer lists. */
    private static void choices(List<Row<Part>> rows, String request, String name, String wire) {
        String list = name.replace('.', '-');
        rows.add(Row.<Part>field(new Part(request, "list"), list, Format.text()).every(Cadence.ONCE));
        rows.add(Row.setting(
                name,
                Part.SEND,
                known -> known.value(list)
                        .map(text -> VarType.choice(choices(text).toArray(String[]::new))),
                (text, known) -> wire.formatted(Numbers.whole(chosen(list, text, known)))));
    }

    private static Stream<String> choices(String list) {
        return Stream.of(list.split(","))
                .flatMap(text -> Numbers.leading(text).stream())
                .map(number -> Numbers.format(number, 0));
    }

    private static String chosen(String list, String text, Known known) {
        return choices(known.value(list).orElse(""))
                .filter(text::equals)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no choice of this UPS"));
    }

    static Row<Part> constant(String name, String value) {
        return Row.parameter(name, VarType.READ_ONLY, value, (text, known) -> text);
    }

    static Row<Part> once(String request, int place, String name, Format format) {
        return Row.<Part>field(Part.of(request, place), name, format).every(Cadence.ONCE);
    }

    private static Row<Part> set(int place, String name) {
        return Row.<Part>field(Part.of("P1", place), name, number(0)).every(Cadence.CHANGE);
    }

    private static Row<Part> reading(String letter, String name, Format format) {
        return Row.field(new Part(STATUS, letter), name, format);
    }

    static Row<Part> command(String name, String text) {
        return Row.command(name, Part.SEND, (argument, known) -> text);
    }

    /** The number that a part begins with. */
    static Format number(int decimals) {
        return (raw, known) -> Numbers.leading(raw).map(number -> Numbers.format(number, decimals));
    }

    /** A voltage about 24 V is that of two batteries, whatever the ratings say. */
    private static Optional<String> nominal(String raw, Known known) {
        return Numbers.parse(raw).filter(volts -> volts > 20 && volts < 28).map(volts -> "24.0");
    }

    @Override
    public Map<String, String> ask(Exchange line, String request) throws IOException {
        String answer = line.line(request + "\r");
        if (request.equals(STATUS)) return status(answer);
        return list(answer);
    }

    /** The words of a list by their places, and the list itself. */
    static Map<String, String> list(String answer) throws UnfitAnswerException {
        if (!LIST.matcher(answer).matches()) throw new UnfitAnswerException("'" + answer.strip() + "' is no list");
        var parts = new TreeMap<String, String>();
        parts.put("list", answer.substring(1));
        String[] texts = answer.substring(1).split(",", -1);
        for (int i = 0; i < texts.length; i++) parts.put(Integer.toString(i), texts[i]);
        return parts;
    }

    private static Map<String, String> status(String answer) throws UnfitAnswerException {
        Map<String, String> parts = StatusLine.parts(answer);
        int flags = parts.getOrDefault(StatusLine.FLAGS, "\0").charAt(0);
        parts.put(WORDS, flags + " " + parts.get("I") + " " + parts.get("O"));
        return parts;
    }

    @Override
    public boolean order(Exchange line, String text) throws IOException {
        return line.line(text + "\r").equals(DONE);
    }

    @Override
    public List<String> shutdowns(boolean onBattery) {
        return List.of("shutdown.return", onBattery ? "shutdown.stayoff" : "shutdown.reboot");
    }
}
