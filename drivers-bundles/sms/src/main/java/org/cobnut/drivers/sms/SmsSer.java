package org.cobnut.drivers.sms;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.model.Outcome;
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

/** sms_ser: units of SMS in Brazil with one phase. */
@Component(property = {Driver.NAME + "=sms_ser", Driver.VERSION + "=1.05", Driver.EXPERIMENTAL + "=true"})
public final class SmsSer implements Driver {
    private static final String DELAY = "ups.delay.reboot";
    private static final Options OPTIONS =
            Options.of(Option.number("rebootdelay", 64, "Seconds until shutdown.reboot switches off, 255 at most"));
    private static final long LONGEST = 255;
    private static final long TEST = 10;

    /** The whole answer. */
    private static final AnswerPart ALL = status("0-16");

    private static final AnswerPart STATE = status("15");
    private static final int BEEPER = 0x01;
    private static final int SHUTDOWN = 0x02;
    private static final int TESTING = 0x04;
    private static final int HEALTHY = 0x08;
    private static final int BOOST = 0x10;
    private static final int BYPASS = 0x20;
    private static final int BATTERY_LOW = 0x40;
    private static final int ON_BATTERY = 0x80;

    /** What the answer of a line-interactive unit begins with: its bypass bit is set whenever its inverter runs. */
    private static final char LINE_INTERACTIVE = '=';

    /** Volts that go in and come out, such as E115S115; Bi stands for either of two. */
    private static final Pattern VOLTS = Pattern.compile("E?(\\d{2,3}|Bi)?S?(\\d{2,3})?.*");

    private static final int BLOCK = 12;

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(2400));
        var protocol = new SmsProtocol(new RequestLine(link));
        long delay = Math.max(0, Math.min(LONGEST, settings.number("rebootdelay")));
        var wire = new LineWire<>("sms_ser", protocol, Set.of(SmsProtocol.STATUS));
        return new TableSession<>(wire, Table.of("sms_ser", rows(delay))).shutsDownBy(SmsSer::shutDown);
    }

    private static List<Row<AnswerPart>> rows(long delay) {
        var rows = new ArrayList<Row<AnswerPart>>();
        names(rows);
        rows.add(Row.flag(ALL, SmsSer::words));
        rows.add(Row.alarm(STATE, Words.bits(SHUTDOWN, SHUTDOWN, "Shutdown imminent!")));
        rows.add(tenths(1, "input.voltage.extended"));
        rows.add(tenths(3, "input.voltage"));
        rows.add(tenths(5, "output.voltage"));
        rows.add(tenths(7, "ups.load"));
        rows.add(tenths(9, "output.frequency"));
        rows.add(tenths(11, "battery.charge"));
        rows.add(Row.field(status("11"), "battery.voltage", (raw, known) -> known.number("battery.voltage.nominal")
                .flatMap(volts -> Numbers.parse(raw).map(charge -> Numbers.format(volts * charge / 1000, 2)))));
        rows.add(tenths(13, "ups.temperature"));
        rows.add(Row.field(STATE, "battery.charger.status", SmsSer::charger));
        rows.add(Row.field(
                STATE, "ups.beeper.status", (raw, known) -> Optional.of(has(raw, BEEPER) ? "enabled" : "disabled")));
        rows.add(Row.field(
                STATE,
                "ups.test.result",
                (raw, known) -> has(raw, TESTING) ? Optional.of("In progress") : Optional.empty()));
        rows.add(Row.parameter(DELAY, VarType.number(0, LONGEST), Long.toString(delay), (text, known) -> text));
        commands(rows);
        return rows;
    }

    /** The ratings come before what is worked out from them. */
    private static void names(List<Row<AnswerPart>> rows) {
        rows.add(once(SmsProtocol.RATINGS, "1-8", "input.voltage.nominal", (raw, known) -> volts(raw, 1)));
        rows.add(once(SmsProtocol.RATINGS, "1-8", "output.voltage.nominal", (raw, known) -> volts(raw, 2)));
        rows.add(once(
                SmsProtocol.RATINGS,
                "8-11",
                "input.current.nominal",
                Format.fixed(0).from(1)));
        rows.add(once(
                SmsProtocol.RATINGS,
                "11-14",
                "battery.voltage.nominal",
                Format.fixed(0).from(1)));
        rows.add(once(SmsProtocol.RATINGS, "11-14", "battery.packs", (raw, known) -> Numbers.parse(raw.strip())
                .filter(volts -> volts >= BLOCK)
                .map(volts -> Integer.toString((int) (volts / BLOCK)))));
        rows.add(once(SmsProtocol.RATINGS, "14-16", "output.frequency.nominal", Format.fixed(0)));
        rows.add(once(SmsProtocol.NAMES, "1-4", "ups.mfr", (raw, known) -> Optional.of("SMS")));
        rows.add(once(SmsProtocol.NAMES, "1-13", "ups.model", Format.text()));
        rows.add(once(SmsProtocol.NAMES, "13-16", "ups.firmware", Format.text()));
    }

    private static void commands(List<Row<AnswerPart>> rows) {
        rows.add(Row.command("test.battery.start", AnswerPart.order("T"), (text, known) -> seconds(text, TEST)));
        rows.add(command("test.battery.start.quick", "L"));
        rows.add(command("test.battery.stop", "D"));
        rows.add(command("beeper.toggle", "M"));
        rows.add(command("shutdown.return", "R"));
        rows.add(command("shutdown.stop", "C"));
        rows.add(Row.command(
                "shutdown.reboot",
                AnswerPart.order("S"),
                (text, known) -> seconds(text, known.number(DELAY).orElse(0.).longValue())));
    }

    /** The byte for so many seconds. */
    private static String seconds(String text, long fallback) {
        if (!text.matches("\\d{0,3}") || (!text.isEmpty() && Long.parseLong(text) > LONGEST))
            throw new IllegalArgumentException("'" + text + "' is no number of seconds from 0 to " + LONGEST);
        return String.valueOf((char) (text.isEmpty() ? fallback : Long.parseLong(text)));
    }

    private static List<String> words(String answer) {
        String state = Integer.toString(answer.charAt(15));
        boolean battery = has(state, ON_BATTERY);
        var words = new ArrayList<>(List.of(battery ? "OB" : "OL"));
        if (has(state, BATTERY_LOW)) words.add("LB");
        if (!has(state, HEALTHY)) words.add("RB");
        if (has(state, TESTING)) words.add("CAL");
        if (!battery && has(state, BOOST)) words.add("BOOST");
        if (!battery && has(state, BYPASS) && answer.charAt(0) != LINE_INTERACTIVE) words.add("BYPASS");
        return words;
    }

    private static Optional<String> charger(String raw, Known known) {
        if (has(raw, ON_BATTERY)) return Optional.of("discharging");
        return known.number("battery.charge").map(charge -> charge < 100 ? "charging" : "resting");
    }

    private static Optional<String> volts(String text, int group) {
        Matcher matcher = VOLTS.matcher(text.strip());
        if (!matcher.matches()) return Optional.empty();
        return Optional.ofNullable(matcher.group(group)).filter(volts -> volts.matches("\\d+"));
    }

    private static boolean has(String state, int bit) {
        return (Integer.parseInt(state) & bit) != 0;
    }

    private static Row<AnswerPart> command(String name, String letter) {
        return Row.command(name, AnswerPart.order(letter), (argument, known) -> "");
    }

    private static Row<AnswerPart> once(String question, String columns, String name, Format format) {
        return Row.field(new AnswerPart(question, columns), name, format).every(Cadence.ONCE);
    }

    private static Row<AnswerPart> tenths(int at, String name) {
        return Row.field(status(Integer.toString(at)), name, Format.times(0.1, 1));
    }

    private static AnswerPart status(String part) {
        return new AnswerPart(SmsProtocol.STATUS, part);
    }

    /** Ends a shutdown that is under way, and begins another. */
    private static Outcome shutDown(TableSession<AnswerPart> table, String argument) throws IOException {
        table.run("shutdown.stop", "");
        return table.run("shutdown.return", "");
    }
}
