package org.cobnut.drivers.tripplite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.model.VarType;
import org.cobnut.table.Cadence;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.Words;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** tripplite: Tripp Lite Smart and Unison units on a serial line. */
@Component(property = {Driver.NAME + "=tripplite", Driver.VERSION + "=0.97"})
public final class TrippLite implements Driver {
    private static final String SHUTDOWN = "ups.delay.shutdown";
    private static final String START = "ups.delay.start";
    private static final String REBOOT = "ups.delay.reboot";
    private static final long MOST_SECONDS = 0xff;
    private static final long MOST_START_SECONDS = 0xffffff;

    private static final Options OPTIONS = Options.of(
            Option.number("offdelay", 64, "Seconds from a shutdown command until the load goes off, at most 255"),
            Option.number("startdelay", 60, "Seconds from switching off until the load comes back"),
            Option.number("rebootdelay", 64, "Seconds from a graceful reboot until the load goes off, at most 255"));

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        Table<AnswerPart> table = table(settings);
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(2400));
        var protocol = new TrippLiteProtocol(new RequestLine(link));
        protocol.ask("W");
        return new TableSession<>(new LineWire<>("tripplite", protocol, Set.of("D")), table);
    }

    /** @throws IllegalArgumentException when a delay of the section is more than a unit takes */
    private static Table<AnswerPart> table(Settings settings) {
        var rows = new ArrayList<Row<AnswerPart>>();
        identity(rows);
        status(rows);
        measures(rows);
        rows.add(delay(SHUTDOWN, 3, "option 'offdelay'", settings.number("offdelay"), MOST_SECONDS));
        rows.add(delay(START, 8, "option 'startdelay'", settings.number("startdelay"), MOST_START_SECONDS));
        rows.add(delay(REBOOT, 3, "option 'rebootdelay'", settings.number("rebootdelay"), MOST_SECONDS));
        commands(rows);
        return Table.of("tripplite", rows);
    }

    private static void identity(List<Row<AnswerPart>> rows) {
        rows.add(once("W", "0-1", "ups.mfr", (raw, known) -> Optional.of("Tripp Lite")));
        rows.add(once("W", "0-1", "rating", hex(number -> Integer.toString(number))));
        rows.add(once("L", "0-1", "ups.model", TrippLite::model));
        rows.add(once(
                "V",
                "0-1",
                "ups.firmware",
                (raw, known) ->
                        Optional.of("" + (char) ('A' + raw.charAt(0) - '0') + (char) ('A' + raw.charAt(1) - '0'))));
    }

    /** The two answers that make the rating, in one of two ways. */
    private static Optional<String> model(String raw, Known known) {
        return number(raw)
                .flatMap(low -> known.number("rating").map(Double::intValue).map(high -> {
                    int power = (high & 0x80) == 0 ? low / 2 : ((high & 0x3f) * 32 + (low >> 3)) * 5;
                    return ((high & 0x40) == 0 ? "Smart " : "Unison ") + power;
                }));
    }

    private static void status(List<Row<AnswerPart>> rows) {
        rows.add(flag(0, Map.of("0", List.of("LB"))));
        rows.add(flag(1, Map.of("0", List.of("OVER"))));
        rows.add(flag(4, Map.of("1", List.of("TRIM"), "2", List.of("BOOST"), "3", List.of("BOOST"))));
        rows.add(Row.flag(
                new AnswerPart("D", "5"),
                Words.lookup(Map.of("0", List.of("OFF"), "1", List.of("OB"), "2", List.of("OL"), "3", List.of("OB")))
                        .only("0", "1", "2", "3")));
    }

    private static Row<AnswerPart> flag(int column, Map<String, List<String>> words) {
        return Row.flag(new AnswerPart("D", Integer.toString(column)), Words.lookup(words));
    }

    private static void measures(List<Row<AnswerPart>> rows) {
        rows.add(field("D", "2-3", "input.voltage", hex(number -> Integer.toString(number))));
        rows.add(field("D", "6-7", "ups.temperature", hex(number -> Integer.toString((int) (number * 0.3636 - 21)))));
        rows.add(field("D", "12-13", "ups.load", hex(number -> Integer.toString(number))));
        rows.add(field("D", "18-20", "input.frequency", hex(number -> Numbers.format(number / 10., 2))));
        rows.add(field("B", "0-1", "battery.voltage", hex(number -> Numbers.format(number / 10., 1))));
        rows.add(field("B", "0-1", "battery.charge", hex(number -> ChargeEstimate.USUAL.percent(number / 10.))));
        rows.add(field("M", "0-1", "input.voltage.maximum", hex(number -> Integer.toString(number))));
        rows.add(field("I", "0-1", "input.voltage.minimum", hex(number -> Integer.toString(number))));
        rows.add(field("C", "", "ups.test.result", (raw, known) -> Optional.of(test(raw))));
    }

    private static String test(String raw) {
        return switch (Numbers.leading(raw).map(Double::intValue).orElse(0)) {
            case 0 -> "OK";
            case 1 -> "Battery Bad (Replace)";
            case 2 -> "In Progress";
            case 3 -> "Bad Inverter";
            default -> "Unknown (" + raw + ")";
        };
    }

    private static void commands(List<Row<AnswerPart>> rows) {
        rows.add(command("test.battery.start", "A", known -> ""));
        rows.add(command("load.off", "K0", known -> ""));
        rows.add(command("load.on", "K1", known -> ""));
        rows.add(command("outlet.1.load.off", "K2", known -> ""));
        rows.add(command("outlet.1.load.on", "K3", known -> ""));
        rows.add(command("outlet.2.load.off", "K4", known -> ""));
        rows.add(command("outlet.2.load.on", "K5", known -> ""));
        rows.add(command("shutdown.reboot", "H", known -> seconds(known, START, 6)));
        rows.add(command(
                "shutdown.reboot.graceful", "N", known -> seconds(known, REBOOT, 2) + " H" + seconds(known, START, 6)));
        for (String name : List.of("shutdown.return", "shutdown.default"))
            rows.add(command(name, "N", known -> seconds(known, SHUTDOWN, 2) + " G"));
        rows.add(command("shutdown.stayoff", "N", known -> seconds(known, SHUTDOWN, 2) + " K0"));
    }

    private static Row<AnswerPart> command(String name, String order, Function<Known, String> argument) {
        return Row.command(name, AnswerPart.order(order), (given, known) -> argument.apply(known));
    }

    private static String seconds(Known known, String delay, int digits) {
        long seconds = known.number(delay).map(Double::longValue).orElse(0L);
        return String.format(Locale.ROOT, "%0" + digits + "X", seconds);
    }

    private static Row<AnswerPart> delay(String name, int length, String option, long initial, long most) {
        limited(option, initial, most);
        return Row.parameter(
                name,
                VarType.text(length),
                Long.toString(initial),
                (text, known) -> Long.toString(limited(name, Numbers.whole(text), most)));
    }

    private static long limited(String name, long seconds, long most) {
        if (seconds < 0 || seconds > most)
            throw new IllegalArgumentException(name + " of " + seconds + " s is not between 0 and " + most);
        return seconds;
    }

    private static Row.Field<AnswerPart> once(String question, String columns, String name, Format format) {
        return field(question, columns, name, format).every(Cadence.ONCE);
    }

    private static Row.Field<AnswerPart> field(String question, String columns, String name, Format format) {
        return Row.field(new AnswerPart(question, columns), name, format);
    }

    private static Format hex(Function<Integer, String> value) {
        return (raw, known) -> number(raw).map(value);
    }

    private static Optional<Integer> number(String digits) {
        return digits.chars().allMatch(HexFormat::isHexDigit) && !digits.isEmpty()
                ? Optional.of(HexFormat.fromHexDigits(digits))
                : Optional.empty();
    }
}
