package org.cobnut.drivers.oneac;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
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

/** oneac: Oneac units with the advanced interface. */
@Component(property = {Driver.NAME + "=oneac", Driver.VERSION + "=0.80"})
public final class Oneac implements Driver {
    private static final Options OPTIONS = Options.of(
            Option.number("testtime", 2, "Minutes that a battery test takes, 1 to 99"),
            Option.number("offdelay", 0, "Seconds before the unit goes off to come back"));

    private static final Duration AWAKE = Duration.ofSeconds(1);
    private static final String OFF_DELAY = "ups.delay.shutdown";

    /** What stands where a unit has no value. */
    private static final String NONE = ".";

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(9600));
        var line = new RequestLine(link);
        line.send("\r\n\r\n");
        line.rest(AWAKE);
        var protocol = new OneacProtocol(line);
        String family = protocol.ask(OneacProtocol.FAMILY);
        if (!List.of("EG", "ON", "OZ", "OB").contains(family))
            throw new IOException("it says that it is '" + family + "', which is no family of Oneac;"
                    + " check that 'port' is the right one");
        if (family.equals("EG")) protocol.small();
        var rows = new Rows(settings, family, protocol.ask(OneacProtocol.VERSION));
        var wire = new LineWire<>("oneac", protocol, Set.of(OneacProtocol.ALL));
        // It goes off and comes back at once, whatever the host's shutdown.
        return new TableSession<>(wire, Table.of("oneac", rows.all())).shutsDownBy("shutdown.reboot");
    }

    /** The rows of a unit of one family. */
    private static final class Rows {
        private final List<Row<AnswerPart>> rows = new ArrayList<>();
        private final String family;
        private final String firmware;

        Rows(Settings settings, String family, String firmware) {
            this.family = family;
            this.firmware = firmware;
            status();
            parameters(settings);
            if (!family.equals("EG")) measures();
            if (extended()) {
                more();
                settings();
            }
            commands(settings.number("testtime"));
        }

        List<Row<AnswerPart>> all() {
            return rows;
        }

        private boolean extended() {
            return family.startsWith("O") && !family.equals("ON");
        }

        private void status() {
            rows.add(Row.flag(all("12-13"), Rows::words));
            rows.add(Row.alarm(all("12-13"), state -> (state.charAt(0) & 0x20) != 0 ? List.of("OVERHEAT") : List.of()));
            rows.add(field(all("12-13"), "ups.test.result", Rows::fault));
            rows.add(field(
                    all("13-14"),
                    "input.transfer.reason",
                    Format.lookup(Map.of(
                            "B", "Blackout",
                            "L", "Low Input Voltage",
                            "H", "High Input Voltage",
                            ".", "No transfer yet."))));
            rows.add(field(all("0-5"), "ups.mfr", Format.text()));
            rows.add(field(all("0-5"), "ups.type", (raw, known) -> Optional.of("Line Interactive")));
            rows.add(field(all("7-10"), "ups.firmware", Format.text()));
            rows.add(field(all("20-22"), "input.frequency.nominal", Format.fixed(0)));
            rows.add(field(all("20-22"), "output.frequency.nominal", Format.fixed(0)));
            if (!extended()) rows.add(field(all("0-5"), "ups.model", (raw, known) -> Optional.of(family)));
        }

        private static List<String> words(String state) {
            char bits = state.charAt(0);
            var words = new ArrayList<String>();
            boolean normal = bits == '@';
            words.add(!normal && (bits & 0x01) != 0 ? "OB" : "OL");
            if (!normal && (bits & 0x02) != 0) words.add("LB");
            if (!normal && (bits & 0x08) != 0) words.add("RB");
            return words;
        }

        private static Optional<String> fault(String state, Known known) {
            if (state.equals("@")) return Optional.empty();
            return Optional.of((state.charAt(0) & 0x04) != 0 ? "UPS Internal Failure" : "Normal");
        }

        private void parameters(Settings settings) {
            long most = extended() ? 65535 : 999;
            rows.add(Row.parameter(
                    OFF_DELAY,
                    VarType.number(0, most),
                    Long.toString(settings.number("offdelay")),
                    (text, known) -> Long.toString(bounded(text, most))));
        }

        private void measures() {
            Format nominal = Format.lookup(Map.of("1", "120", "2", "230"));
            rows.add(field(all("26-27"), "input.voltage.nominal", nominal));
            rows.add(field(all("26-27"), "output.voltage.nominal", nominal));
            rows.add(flag("27-28", NONE, "OFF"));
            rows.add(flag("47-48", "Y", "BOOST"));
            rows.add(Row.flag(all("15-16"), raw -> raw.equals(NONE) ? List.of() : List.of("FSD")));
            rows.add(field(all("15-18"), "ups.timer.shutdown", Rows::timer));
            rows.add(field(all("31-33"), "ups.load", Format.fixed(0)));
            rows.add(field(all("10-35"), "battery.charge", Rows::charge));
            rows.add(field(all("35-38"), "input.voltage", Format.fixed(0)));
            rows.add(field(all("38-41"), "input.voltage.minimum", Format.fixed(0)));
            rows.add(field(all("41-44"), "input.voltage.maximum", Format.fixed(0)));
            rows.add(field(all("44-47"), "output.voltage", Format.fixed(0)));
        }

        private Row<AnswerPart> flag(String columns, String letter, String word) {
            Words words = raw -> raw.equals(letter) ? List.of(word) : List.of();
            return Row.flag(all(columns), words);
        }

        private static Optional<String> timer(String raw, Known known) {
            return raw.startsWith("+") ? Optional.of("999") : Format.fixed(0).value(raw, known);
        }

        /** The charge stands at the end, and counts where the first of these columns says so. */
        private static Optional<String> charge(String raw, Known known) {
            return raw.startsWith("Y") ? Format.fixed(0).value(raw.substring(23), known) : Optional.of("100");
        }

        private void more() {
            rows.add(measure("57-62", "ups.realpower", Format.fixed(0)));
            rows.add(measure("42-45", "input.frequency", Format.times(0.1, 1)));
            rows.add(measure("76-79", "output.frequency", Format.times(0.1, 1)));
            rows.add(measure("29-33", "battery.voltage", Format.times(0.1, 1)));
            rows.add(measure("13-15", "ups.temperature", Format.fixed(0)));
            rows.add(measure("73-76", "ups.load", Format.fixed(0)));
            rows.add(measure("19-23", "battery.runtime", Format.times(60, 0)));
            rows.add(identity("5-15", "ups.model", Format.text()));
            rows.add(identity(
                    "18-26", "ups.serial", (raw, known) -> Optional.of(raw.substring(0, 4) + "-" + raw.substring(4))));
            rows.add(identity("38-44", "ups.mfr.date", Rows::date));
            rows.add(identity("55-60", "ups.realpower.nominal", Format.fixed(0)));
            rows.add(field(
                    new AnswerPart(OneacProtocol.BEEPER, "0-1"),
                    "ups.beeper.status",
                    Format.lookup(Map.of("0", "disabled", "2", "muted")).orElse("enabled")));
            rows.add(field(new AnswerPart("}", "0-5"), "ups.timer.shutdown", Format.fixed(0)));
            rows.add(field(
                    new AnswerPart("_?", "0-4"),
                    "ups.timer.start",
                    Format.fixed(0).from(1)));
            bounds();
        }

        /** A unit with older firmware does not tell its bounds. */
        private void bounds() {
            if (family.equals("OB") || firmware.compareTo("1.9") >= 0) {
                rows.add(bound("low.min", "0-3", (raw, known) -> Format.fixed(0).value(raw, known)));
                rows.add(bound("low.max", "4-10", (raw, known) -> sum(raw, 0, -1)));
                rows.add(bound("high.min", "0-10", (raw, known) -> sum(raw, 0, 1)));
                rows.add(
                        bound("high.max", "4-7", (raw, known) -> Format.fixed(0).value(raw, known)));
                return;
            }
            rows.add(usual("low.min", "90", "172"));
            rows.add(usual("low.max", "120", "228"));
            rows.add(usual("high.min", "110", "212"));
            rows.add(usual("high.max", "140", "268"));
        }

        /** The first number, and the last, which is how far the two bounds must be from each other. */
        private static Optional<String> sum(String raw, int from, int sign) {
            String spread = raw.substring(raw.length() - 2);
            return Numbers.parse(raw.substring(from, from + 3))
                    .flatMap(volts -> Numbers.parse(spread).map(between -> Numbers.format(volts + sign * between, 0)));
        }

        private static Row<AnswerPart> bound(String name, String columns, Format format) {
            return field(new AnswerPart("[=?", columns), "input.transfer." + name, format)
                    .every(Cadence.ONCE);
        }

        private Row<AnswerPart> usual(String name, String at120, String at230) {
            return field(all("26-27"), "input.transfer." + name, Format.lookup(Map.of("1", at120, "2", at230)));
        }

        private static Optional<String> date(String raw, Known known) {
            return Optional.of(raw + " (yymmdd)");
        }

        private void settings() {
            rows.add(field(new AnswerPart("[", "0-3"), "input.transfer.low", Format.fixed(0)));
            rows.add(field(new AnswerPart("]", "0-3"), "input.transfer.high", Format.fixed(0)));
            rows.add(Row.setting(
                    "input.transfer.low",
                    AnswerPart.order("[="),
                    known -> between(known, "low"),
                    (text, known) -> volts(text) + ","
                            + volts(known.value("input.transfer.high").orElse(""))));
            rows.add(Row.setting(
                    "input.transfer.high",
                    AnswerPart.order("[="),
                    known -> between(known, "high"),
                    (text, known) -> volts(known.value("input.transfer.low").orElse("")) + "," + volts(text)));
            rows.add(field(new AnswerPart("_", "0-4"), "ups.delay.start", Format.fixed(0)));
            setting("ups.delay.start", "_=", VarType.number(0, 9999), text -> Long.toString(bounded(text, 9999)));
            rows.add(field(new AnswerPart("\"", "0-2"), "battery.runtime.low", Format.times(60, 0)));
            setting(
                    "battery.runtime.low",
                    "\"=",
                    VarType.number(0, 5940),
                    text -> Long.toString((bounded(text, 5940) + 59) / 60));
            rows.add(field(new AnswerPart("+", "0-6"), "battery.date", Rows::date));
            setting("battery.date", "+=", VarType.text(6), text -> {
                if (!text.matches("\\d{6}"))
                    throw new IllegalArgumentException("'" + text + "' is no date like yymmdd");
                return text;
            });
            rows.add(field(
                    new AnswerPart("<?", "0-1"),
                    "ups.start.auto",
                    (raw, known) -> Optional.of(raw.equals("0") ? "yes" : "no")));
            setting("ups.start.auto", "<", VarType.choice("yes", "no"), text -> text.equals("yes") ? "0" : "1");
        }

        private static Optional<VarType> between(Known known, String which) {
            String name = "input.transfer." + which;
            long least = known.number(name + ".min").map(Double::longValue).orElse(0L);
            long most = known.number(name + ".max").map(Double::longValue).orElse(999L);
            return Optional.of(VarType.number(least, most));
        }

        private void setting(String name, String order, VarType type, UnaryOperator<String> raw) {
            rows.add(Row.setting(
                    name, AnswerPart.order(order), known -> Optional.of(type), (text, known) -> raw.apply(text)));
        }

        private static String volts(String text) {
            return Numbers.digits(3, bounded(text, 999));
        }

        private static long bounded(String text, long most) {
            long number = Numbers.whole(text);
            if (number > most) throw new IllegalArgumentException("'" + text + "' is more than " + most);
            return number;
        }

        private void commands(long minutes) {
            command("test.failure.start", "\u0002\u0015");
            command("test.battery.start.quick", "\u0002" + Numbers.digits(2, minutes));
            command("test.battery.stop", extended() ? "\u0001" : "\u000200");
            command("shutdown.reboot", OneacProtocol.REBOOT);
            command("shutdown.stop", "Z");
            rows.add(Row.command("shutdown.return", AnswerPart.order("Z"), (argument, known) -> {
                long seconds = known.number(OFF_DELAY).map(Double::longValue).orElse(0L);
                return extended() ? Long.toString(seconds) : Numbers.digits(3, seconds);
            }));
            if (!family.equals("EG")) command("reset.input.minmax", "R");
            if (!extended()) return;
            command("test.panel.start", "\u0009\u0014");
            command("test.battery.start.deep", "\u0002\u0004");
            command("beeper.disable", "\u00070");
            command("beeper.enable", "\u00071");
            command("beeper.mute", "\u00072");
        }

        private void command(String name, String letters) {
            rows.add(Row.command(name, AnswerPart.order(letters), (argument, known) -> ""));
        }

        private static AnswerPart all(String columns) {
            return new AnswerPart(OneacProtocol.ALL, columns);
        }

        private static Row<AnswerPart> measure(String columns, String name, Format format) {
            return field(new AnswerPart(OneacProtocol.MEASURES, columns), name, format);
        }

        private static Row<AnswerPart> identity(String columns, String name, Format format) {
            return field(new AnswerPart(OneacProtocol.IDENTITY, columns), name, format)
                    .every(Cadence.ONCE);
        }

        private static Row.Field<AnswerPart> field(AnswerPart part, String name, Format format) {
            return Row.field(part, name, format);
        }
    }
}
