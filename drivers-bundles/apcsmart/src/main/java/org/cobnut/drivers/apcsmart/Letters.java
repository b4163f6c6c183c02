package org.cobnut.drivers.apcsmart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.cobnut.drivers.apcsmart.Address.Letter;
import org.cobnut.drivers.apcsmart.Address.Order;
import org.cobnut.drivers.apcsmart.Address.Text;
import org.cobnut.model.VarType;
import org.cobnut.table.Cadence;
import org.cobnut.table.Format;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.UnfitAnswerException;

/** The letters of UPS-Link as rows, of which a UPS has those that it knows. */
final class Letters {
    private static final int TEXT_LENGTH = 8;
    private static final int HOUR = 3600;
    private static final int MINUTE = 60;
    /** Probes outside that a UPS tells of in one answer. */
    private static final int PROBES = 2;

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d*)?");
    private static final Pattern HEX = Pattern.compile("[0-9A-F]{2}");
    private static final Pattern ANYTHING = Pattern.compile(".+");

    private static final Map<String, String> REASONS = Map.of(
            "R", "unacceptable utility voltage rate of change",
            "H", "high utility voltage",
            "L", "low utility voltage",
            "T", "line voltage notch or spike",
            "O", "no transfers yet since turnon",
            "S", "simulated power failure or UPS test");

    /** What a letter says. */
    private record Meaning(String name, char letter, Cadence cadence, Format format) {}

    private Letters() {}

    /**
     * The table of a UPS.
     *
     * @param old as apcsmart-old names things
     */
    static Table<Address> table(Unit unit, boolean old) {
        Predicate<Character> known = letter -> unit.knows(letter) || letter == 'Q';
        var rows = new ArrayList<Row<Address>>();
        rows.add(Row.<Address>flag(new Letter('Q'), Letters::status));
        for (Meaning letter : all(old)) {
            if (!known.test(letter.letter())) continue;
            rows.add(Row.<Address>field(new Letter(letter.letter()), letter.name(), letter.format())
                    .every(letter.cadence()));
        }
        unit.choices().forEach((letter, choices) -> all(old).stream()
                .filter(one -> one.letter() == letter && known.test(letter))
                .findFirst()
                .ifPresent(one -> rows.add(choice(one, choices))));
        for (Meaning text : all(old))
            if ("cx".indexOf(text.letter()) >= 0 && unit.knows(text.letter())) rows.add(text(text));
        rows.addAll(commands(unit, old));
        return Table.of(old ? "apcsmart-old" : "apcsmart", rows);
    }

    private static List<Meaning> all(boolean old) {
        var all = new ArrayList<>(List.of(
                polled("ups.temperature", 'C', NUMBER),
                polled("ups.load", 'P', NUMBER),
                new Meaning("ups.test.interval", 'E', Cadence.CHANGE, times(HOUR)),
                polled("ups.test.result", 'X', ANYTHING),
                once("ups.delay.start", 'r', NUMBER),
                once("ups.delay.shutdown", 'p', NUMBER),
                once("ups.id", 'c', ANYTHING),
                polled("ups.contacts", 'i', HEX),
                once("ups.display.language", '\f', ANYTHING),
                polled("input.voltage", 'L', NUMBER),
                polled("input.frequency", 'F', NUMBER),
                once("input.sensitivity", 's', ANYTHING),
                polled("input.quality", '9', HEX),
                once("input.transfer.low", 'l', NUMBER),
                once("input.transfer.high", 'u', NUMBER),
                new Meaning("input.transfer.reason", 'G', Cadence.FULL, (raw, known) -> Optional.of(
                                REASONS.getOrDefault(raw, raw))
                        .filter(reason -> !reason.isEmpty())),
                polled("input.voltage.maximum", 'M', NUMBER),
                polled("input.voltage.minimum", 'N', NUMBER),
                polled("output.current", '/', NUMBER),
                polled("output.voltage", 'O', NUMBER),
                once("output.voltage.nominal", 'o', NUMBER),
                polled("ambient.humidity", 'h', NUMBER),
                polled("ambient.temperature", 't', NUMBER),
                once("battery.date", 'x', ANYTHING),
                polled("battery.charge", 'f', NUMBER),
                once("battery.charge.restart", 'e', NUMBER),
                polled("battery.voltage", 'B', NUMBER),
                once("battery.voltage.nominal", 'g', NUMBER),
                new Meaning("battery.runtime", 'j', Cadence.FULL, times(MINUTE)),
                new Meaning("battery.runtime.low", 'q', Cadence.CHANGE, times(MINUTE)),
                once("battery.packs", '>', NUMBER),
                once("battery.packs.bad", '<', NUMBER),
                once("battery.alarm.threshold", 'k', ANYTHING),
                new Meaning("device.uptime", 'T', Cadence.FULL, uptime()),
                once("ups.serial", 'n', ANYTHING),
                once("ups.mfr.date", 'm', ANYTHING),
                once("ups.model", '\u0001', ANYTHING),
                once("ups.firmware.aux", 'v', ANYTHING),
                once(old ? "ups.firmware.old" : "ups.firmware", 'V', ANYTHING),
                once("ups.firmware", 'b', Pattern.compile("[A-Za-z0-9]+(\\.[A-Za-z0-9]+){2}"))));
        probes(all);
        return all;
    }

    /** What the probes outside say, one behind the other in one answer. */
    private static void probes(List<Meaning> all) {
        Map<Character, String> names = Map.of(
                'T', "temperature",
                '[', "temperature.high",
                ']', "temperature.low",
                'H', "humidity",
                '{', "humidity.high",
                '}', "humidity.low");
        for (int probe = 1; probe <= PROBES; probe++) {
            int place = probe - 1;
            String prefix = "ambient." + probe + ".";
            names.forEach((letter, name) -> all.add(
                    new Meaning(prefix + name, letter, Cadence.FULL, (raw, known) -> packed(letter, raw, place))));
        }
    }

    private static Optional<String> packed(char letter, String raw, int place) {
        String[] parts = raw.split(",");
        if (place >= parts.length || !NUMBER.matcher(parts[place]).matches()) return Optional.empty();
        if (letter == 'T' && !parts[place].matches("\\d\\d\\.\\d\\d")) return Optional.empty();
        return Optional.of(parts[place]);
    }

    private static Meaning polled(String name, char letter, Pattern shape) {
        return new Meaning(name, letter, Cadence.FULL, shaped(shape));
    }

    private static Meaning once(String name, char letter, Pattern shape) {
        return new Meaning(name, letter, Cadence.CHANGE, shaped(shape));
    }

    private static Format shaped(Pattern shape) {
        return (raw, known) ->
                Optional.of(raw.strip()).filter(text -> shape.matcher(text).matches());
    }

    /** A whole number, with or without a colon, in another unit; a word stays what it is. */
    private static Format times(int factor) {
        return (raw, known) -> {
            String text = raw.replace(":", "").strip();
            if (text.matches("\\d{1,6}")) return Optional.of(Long.toString(Long.parseLong(text) * factor));
            return Optional.of(text).filter(word -> word.matches("[A-Z]+"));
        };
    }

    /** Hours with one decimal. */
    private static Format uptime() {
        return (raw, known) ->
                raw.matches("\\d{3}\\.\\d") ? Format.times(HOUR, 0).value(raw, known) : Optional.empty();
    }

    private static Row<Address> choice(Meaning letter, List<String> choices) {
        List<String> shown =
                choices.stream().map(choice -> shown(letter, choice)).distinct().toList();
        return Row.setting(
                letter.name(),
                new Letter(letter.letter()),
                known -> Optional.of(VarType.READ_ONLY.writable(true).choices(shown)),
                (text, known) -> choices.stream()
                        .filter(choice -> same(shown(letter, choice), text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "'%s' is none of %s".formatted(text, String.join(", ", shown)))));
    }

    private static String shown(Meaning letter, String choice) {
        return letter.format().value(choice, name -> Optional.empty()).orElse(choice.strip());
    }

    /** Numbers count as numbers: 60 is 060. */
    private static boolean same(String one, String other) {
        Optional<Double> number = Numbers.parse(one);
        return number.isPresent() ? number.equals(Numbers.parse(other)) : one.equalsIgnoreCase(other);
    }

    private static Row<Address> text(Meaning letter) {
        return Row.setting(
                letter.name(),
                new Text(letter.letter()),
                known -> Optional.of(VarType.text(TEXT_LENGTH)),
                (text, known) -> {
                    if (!text.matches("[\\x20-\\x7e]{0,8}"))
                        throw new IllegalArgumentException("it takes up to 8 characters of ASCII");
                    return text;
                });
    }

    private static List<Row<Address>> commands(Unit unit, boolean old) {
        var rows = new ArrayList<Row<Address>>();
        if (unit.knows('S') || unit.knows('@')) rows.add(ShutdownReturn.row(unit));
        if (old && unit.knows('@'))
            rows.add(Row.command(
                    "shutdown.return.grace", Order.SHUTDOWN, (argument, known) -> ShutdownReturn.hard(argument)));
        if (unit.knows('K')) rows.add(order("shutdown.stayoff", Order.TWICE, "K"));
        if (unit.knows('Z')) rows.add(order("load.off", Order.TWICE_SILENT, "Z"));
        if (unit.knows('\u000e')) rows.add(order("load.on", Order.TWICE_SILENT, "\u000e"));
        if (unit.knows('D')) {
            rows.add(order("calibrate.start", Order.CALIBRATION_ON, "D"));
            rows.add(order("calibrate.stop", Order.CALIBRATION_OFF, "D"));
        }
        if (unit.knows('A')) rows.add(order("test.panel.start", Order.ONCE, "A"));
        if (unit.knows('U')) rows.add(order("test.failure.start", Order.ONCE, "U"));
        if (unit.knows('W')) {
            rows.add(order("test.battery.start", Order.ONCE, "W"));
            rows.add(order("test.battery.stop", Order.ONCE, "W"));
        }
        if (unit.knows('^')) {
            rows.add(order("bypass.start", Order.BYPASS_ON, "^"));
            rows.add(order("bypass.stop", Order.BYPASS_OFF, "^"));
        }
        return rows;
    }

    private static Row<Address> order(String name, Order how, String text) {
        return Row.command(name, how, (argument, known) -> text);
    }

    /** The bits of the status in two hexadecimal digits. */
    static List<String> status(String raw) throws UnfitAnswerException {
        if (!HEX.matcher(raw).matches()) throw new UnfitAnswerException("'" + raw + "' is no status");
        int bits = Integer.parseInt(raw, 16);
        if ((bits & 0x18) == 0x18)
            throw new UnfitAnswerException(
                    "'" + raw + "' says on line and on battery, as in a test of the front panel");
        if (bits == 0) return List.of("OFF");
        List<String> words = List.of("CAL", "TRIM", "BOOST", "OL", "OB", "OVER", "LB", "RB");
        return IntStream.range(0, words.size())
                .filter(bit -> (bits >> bit & 1) == 1)
                .mapToObj(words::get)
                .toList();
    }

    /** For tests and documents: every name that a letter has. */
    static List<String> names() {
        return all(false).stream().map(Meaning::name).distinct().toList();
    }
}
