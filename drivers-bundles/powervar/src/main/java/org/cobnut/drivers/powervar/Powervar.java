package org.cobnut.drivers.powervar;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.driver.Option;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.model.VarType;
import org.cobnut.table.Cadence;
import org.cobnut.table.Condition;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.Words;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;

/** One unit, whatever carries its answers: the rows of the groups that it has. */
final class Powervar {
    private static final String OFF_DELAY = "ups.delay.shutdown";
    private static final String START_DELAY = "ups.delay.start";
    private static final String OFF = "SET.OFFDLY.W=";
    private static final String START = "SET.SRTDLY.W=";
    private static final long LONGEST_DELAY = 65535;
    private static final long LONGEST_DISPLAY = 255;
    private static final long SECONDS_A_DAY = 86400;
    private static final int DATE = 6;

    private final CusppProtocol protocol;
    private final Settings settings;
    private final List<Row<AnswerPart>> rows = new ArrayList<>();

    private Powervar(CusppProtocol protocol, Settings settings) {
        this.protocol = protocol;
        this.settings = settings;
    }

    /** Options of both drivers. */
    static List<Option> options() {
        return List.of(
                Option.number("offdelay", 1, "Seconds until an order switches off, 1 to 65535"),
                Option.number("startdelay", 1, "Seconds until an order switches on, 1 to 65535"),
                Option.number("disptesttime", 10, "Seconds that a test of the display lasts, 11 to 255"));
    }

    /**
     * Opens the unit behind a protocol, which the session takes over.
     *
     * @param ids variables of what the unit hangs on
     */
    static Session open(CusppProtocol protocol, Settings settings, Map<String, String> ids) throws IOException {
        Map<String, String> unit = protocol.ask("PID");
        if (!"CUSPP".equals(unit.get("PROT")))
            throw new IOException("it says that it speaks %s and not CUSPP".formatted(unit.get("PROT")));
        var powervar = new Powervar(protocol, settings);
        ids.forEach((name, id) -> powervar.rows.add(Row.parameter(name, VarType.READ_ONLY, id, (text, known) -> text)));
        powervar.identity();
        powervar.readings();
        powervar.commands();
        var wire = new LineWire<>("CUSPP", protocol, Set.of("OUT"));
        return new TableSession<>(wire, Table.of("CUSPP", powervar.rows)).shutsDownBy("load.off.delay");
    }

    private void identity() throws IOException {
        once("UID", "FAMILY", "device.description", Format.text());
        once("UID", "FAMILY", "ups.id", Format.text());
        once("UID", "MODEL", "ups.model", Format.text());
        once("UID", "MANUF", "ups.mfr", Format.text());
        once("UID", "SERNUM", "ups.serial", Format.text());
        once("UID", "SERNUM", "ups.mfr.date", (raw, known) -> Optional.of(raw.replaceAll(".*-(.{3}).*", "$1"))
                .filter(date -> !date.equals(raw)));
        once("UID", "MFGDT", "ups.mfr.date", Format.text());
        once("UID", "SWVER", "ups.firmware", Format.text());
        once("UID", "CSWVER", "ups.firmware.aux", Format.text());
        once("SYS", "INVOLT", "input.voltage.nominal", Powervar::number);
        once("SYS", "INFRQ", "input.frequency.nominal", Powervar::number);
        once("SYS", "OUTVLT", "output.voltage.nominal", Powervar::number);
        once("SYS", "OUTFRQ", "output.frequency.nominal", Powervar::number);
        once("SYS", "OUTVA", "output.current.nominal", (raw, known) -> known.number("output.voltage.nominal")
                .filter(volts -> volts > 0)
                .flatMap(volts -> Numbers.parse(raw).map(power -> Integer.toString((int) (power / volts)))));
        once("SYS", "BTSTDY", "ups.test.interval", Format.times(SECONDS_A_DAY, 0));
        once("SYS", "OVRLOD", "ups.load.high", Powervar::number);
        boolean lithium = protocol.names("BAT").contains("PVOLT");
        once("OUT", "SOURCE", "battery.type", (raw, known) -> Optional.of(lithium ? "LFP" : "PbAc"));
        once("OUT", "SOURCE", "ups.type", (raw, known) -> Optional.of("Line Interactive"));
        if (!has("SYS", "OVRLOD")) once("OUT", "SOURCE", "ups.load.high", (raw, known) -> Optional.of("100"));
        setting("SYS", "BATDTE", "battery.date", Format.text(), VarType.text(DATE), (text, known) -> {
            if (!text.matches("\\d{6}")) throw new IllegalArgumentException("'" + text + "' is no date such as 202511");
            return text;
        });
    }

    private void readings() throws IOException {
        field("OUT", "SOURCE", "source", Format.text());
        flag("OUT", "SOURCE", Map.of("0", "OFF", "1", "OL", "3", "OB"));
        for (String boost : List.of("4", "5", "8")) flags("OUT", "SOURCE", boost, List.of("OL", "BOOST"));
        for (String trim : List.of("6", "7")) flags("OUT", "SOURCE", trim, List.of("OL", "TRIM"));
        if (has("BAT", "STATUS"))
            rows.add(Row.flag(new AnswerPart("BAT", "STATUS"), Words.lookup(Map.of("3", List.of("LB"))))
                    .when(Condition.is("source", "3")));
        flag("ALM", "BADBAT", Map.of("1", "RB"));
        flag("ALM", "TSTBAD", Map.of("1", "RB"));
        flag("ALM", "OVRLOD", Map.of("1", "OVER"));
        field("OUT", "PERCNT", "ups.load", Powervar::number);
        field("OUT", "VOLT", "output.voltage", Powervar::number);
        field("OUT", "FREQ", "output.frequency", Powervar::number);
        field("OUT", "AMP", "output.current", Powervar::number);
        field("INP", "VOLT", "input.voltage", Powervar::number);
        field("INP", "FREQ", "input.frequency", Powervar::number);
        field("INP", "MAXVLT", "input.voltage.maximum", Powervar::number);
        field("INP", "MINVLT", "input.voltage.minimum", Powervar::number);
        field("INP", "AMP", "input.current", Powervar::number);
        field("BAT", "ESTCRG", "battery.charge", Powervar::number);
        field("BAT", "VOLT", "battery.voltage", Powervar::number);
        field("BAT", "VOLT", "battery.voltage.nominal", (raw, known) -> Numbers.parse(raw)
                .map(volts -> volts < 18 ? "12" : volts < 36 ? "24" : "48"));
        field("BAT", "TEMP", "battery.temperature", Powervar::number);
        field("BAT", "TEMP", "ups.temperature", Powervar::number);
        field("BAT", "TMLEFT", "battery.runtime", Format.times(60, 0));
        field("ALM", "TSTBAD", "ups.test.result", Format.either("Normal", "Change Battery"));
        field("EVT", "UPTIME", "device.uptime", Powervar::number);
        field("SET", "AUDIBL", "ups.beeper.status", Format.nth(List.of("disabled", "enabled", "muted")));
        field("SET", "OFFDLY", "ups.timer.shutdown", Format.fixed(0).from(1));
        field("SET", "SRTDLY", "ups.timer.start", Format.fixed(0).from(1));
        if (has("SET", "ATOSRT")) field("SET", "ATOSRT", "ups.shutdown", (raw, known) -> Optional.of("enabled"));
        setting(
                "SET",
                "ATOSRT",
                "ups.start.auto",
                Format.either("no", "yes"),
                VarType.choice("yes", "no"),
                (text, known) -> text.equals("yes") ? "1" : "0");
    }

    private void commands() throws IOException {
        delay(OFF_DELAY, "offdelay");
        delay(START_DELAY, "startdelay");
        if (has("TST", "BATQCK")) order("test.battery.start.quick", "TST.BATQCK.W=1");
        if (has("TST", "BATDEP")) {
            order("test.battery.start.deep", "TST.BATDEP.W=1");
            order("test.failure.start", "TST.BATDEP.W=1");
            order("test.failure.stop", "TST.ABORT.W=1");
        }
        if (has("TST", "ABORT")) order("test.battery.stop", "TST.ABORT.W=1");
        if (has("TST", "DISP"))
            order("test.panel.start", "TST.DISP.W=" + limited(settings.number("disptesttime"), LONGEST_DISPLAY));
        if (has("SET", "OFFNOW") || has("SET", "OFFDLY") || has("SET", "OFFSTP")) {
            for (String name : List.of("shutdown.return", "shutdown.reboot"))
                rows.add(plain(name, "SET.ATOSRT.W=1").then(AnswerPart.order(OFF), Powervar::off));
            order("shutdown.stop", "SET.OFFSTP.W=1");
            order("load.off", "SET.OFFNOW.W=1");
            rows.add(Row.command("load.off.delay", AnswerPart.order(OFF), Powervar::off));
        }
        if (has("SET", "ATOSRT"))
            rows.add(plain("shutdown.stayoff", "SET.ATOSRT.W=0").then(AnswerPart.order(OFF), Powervar::off));
        if (has("SET", "AUDIBL")) {
            order("beeper.enable", "SET.AUDIBL.W=1");
            order("beeper.disable", "SET.AUDIBL.W=0");
            order("beeper.mute", "SET.AUDIBL.W=2");
        }
        if (has("SET", "SRTDLY")) {
            order("load.on", START + 1);
            rows.add(Row.command(
                    "load.on.delay", AnswerPart.order(START), (text, known) -> seconds(known, START_DELAY)));
        }
        if (has("SET", "RSTINP")) order("reset.input.minmax", "SET.RSTINP.W=1");
    }

    private boolean has(String group, String name) throws IOException {
        return protocol.names(group).contains(name);
    }

    private void once(String group, String name, String variable, Format format) throws IOException {
        if (has(group, name))
            rows.add(Row.field(part(group, name), variable, format).every(Cadence.ONCE));
    }

    private void field(String group, String name, String variable, Format format) throws IOException {
        if (has(group, name)) rows.add(Row.field(part(group, name), variable, format));
    }

    private void flag(String group, String name, Map<String, String> words) throws IOException {
        for (Map.Entry<String, String> word : words.entrySet())
            flags(group, name, word.getKey(), List.of(word.getValue()));
    }

    private void flags(String group, String name, String value, List<String> words) throws IOException {
        if (has(group, name)) rows.add(Row.flag(part(group, name), Words.lookup(Map.of(value, words))));
    }

    private void setting(String group, String name, String variable, Format format, VarType type, Row.Argument argument)
            throws IOException {
        if (!has(group, name)) return;
        rows.add(Row.field(part(group, name), variable, format).every(Cadence.CHANGE));
        AnswerPart order = AnswerPart.order("%s.%s.W=".formatted(group, name));
        rows.add(Row.setting(variable, order, known -> Optional.of(type), argument));
    }

    private void delay(String variable, String option) {
        String initial = limited(settings.number(option), LONGEST_DELAY);
        rows.add(Row.parameter(variable, VarType.number(1, LONGEST_DELAY), initial, (text, known) -> text));
    }

    private void order(String name, String order) {
        rows.add(plain(name, order));
    }

    private static Row.Command<AnswerPart> plain(String name, String order) {
        return Row.command(name, AnswerPart.order(order), (argument, known) -> "");
    }

    /** The values of a unit with one input stand under INP.1. */
    private static AnswerPart part(String group, String name) {
        return new AnswerPart(group.equals("INP") ? "INP.1" : group, name);
    }

    private static Optional<String> number(String raw, Known known) {
        return Numbers.parse(raw).map(number -> raw);
    }

    private static String off(String argument, Known known) {
        return seconds(known, OFF_DELAY);
    }

    private static String seconds(Known known, String variable) {
        return known.value(variable).orElse("1");
    }

    private static String limited(long number, long most) {
        return Long.toString(Math.max(1, Math.min(most, number)));
    }
}
