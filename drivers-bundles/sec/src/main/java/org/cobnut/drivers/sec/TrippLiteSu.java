package org.cobnut.drivers.sec;

import static org.cobnut.drivers.sec.SecRows.command;
import static org.cobnut.drivers.sec.SecRows.constant;
import static org.cobnut.drivers.sec.SecRows.field;
import static org.cobnut.drivers.sec.SecRows.flag;
import static org.cobnut.drivers.sec.SecRows.named;
import static org.cobnut.drivers.sec.SecRows.once;
import static org.cobnut.drivers.sec.SecRows.tenths;
import static org.cobnut.drivers.sec.SecRows.whole;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.SerialParameters;
import org.cobnut.model.VarType;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.Words;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** tripplitesu: Tripp Lite SmartOnline (SU) units. */
@Component(property = {Driver.NAME + "=tripplitesu", Driver.VERSION + "=0.06"})
public final class TrippLiteSu implements Driver {
    private static final Duration PACE = Duration.ofMillis(10);
    private static final int MOST_BANKS = 16;
    private static final String LOW = "input.transfer.low";
    private static final String HIGH = "input.transfer.high";

    private static final SecProtocol.Form FORM =
            new SecProtocol.Form("~00", ";", 'A', 'R', true, List.of("MNU", "MOD"), Duration.ofMillis(1500));

    private static final Options OPTIONS = Options.of(
            Option.number("lowbatt", 0, "Charge in percent at and below which the battery is low; 0 for none"));

    private static final List<String> TESTS = List.of(
            "No test performed",
            "Passed",
            "In progress",
            "General test failed",
            "Battery failed",
            "Deep battery test failed",
            "Aborted");

    private static final List<String> SENSITIVITIES = List.of("Normal", "Reduced", "Low");

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(2400));
        var protocol = new SecProtocol(new RequestLine(link, PACE), FORM);
        String maker = protocol.ask("MNU").get(0).strip();
        if (!maker.equals("Tripp Lite"))
            throw new IOException("the UPS is one of '" + maker
                    + "', and this driver is for those of Tripp Lite; belkin" + " may be the one");
        return new TableSession<>(
                new LineWire<>("tripplitesu", protocol, Set.of("STO", "STB", "STA")),
                table(settings.number("lowbatt"), banks(protocol)));
    }

    /** How many banks of outlets the unit can switch. */
    private static int banks(SecProtocol protocol) throws IOException {
        try {
            return Numbers.leading(protocol.ask("LET").get(0))
                    .map(banks -> Math.min(MOST_BANKS, banks.intValue()))
                    .orElse(0);
        } catch (NoAnswerException | UnfitAnswerException none) {
            return 0;
        }
    }

    static Table<AnswerPart> table(long lowCharge, int banks) {
        var rows = new ArrayList<Row<AnswerPart>>();
        identity(rows);
        status(rows, lowCharge);
        measures(rows);
        settings(rows);
        commands(rows, banks);
        return Table.of("tripplitesu", rows);
    }

    private static void identity(List<Row<AnswerPart>> rows) {
        rows.add(once("MNU", 1, "ups.mfr", Format.text()));
        rows.add(once("MOD", 1, "ups.model", Format.text()));
        rows.add(once("VER", 1, "ups.firmware", Format.text()));
        rows.add(once("RAT", 1, "input.voltage.nominal", whole()));
        rows.add(once("RAT", 3, "output.voltage.nominal", whole()));
        rows.add(once("RAT", 15, "battery.voltage.nominal", whole()));
        rows.add(once("RAT", 11, "lowest low", whole()));
        rows.add(once("RAT", 10, "highest low", whole()));
        rows.add(once("RAT", 13, "lowest high", whole()));
        rows.add(once("RAT", 12, "highest high", whole()));
    }

    private static void status(List<Row<AnswerPart>> rows, long lowCharge) {
        rows.add(flag(
                "STO",
                1,
                number(Map.of(
                        0, List.of("OL"),
                        1, List.of("OB"),
                        2, List.of("BYPASS"),
                        3, List.of("OL", "TRIM"),
                        4, List.of("OL", "BOOST"),
                        5, List.of("BYPASS"),
                        7, List.of("OFF")))));
        rows.add(flag("STB", 1, number(Map.of(2, List.of("RB")))));
        rows.add(flag("STB", 2, nonZero("LB")));
        if (lowCharge > 0 && lowCharge <= 99)
            rows.add(
                    flag("STB", 10, raw -> Numbers.leading(raw).orElse(100.) <= lowCharge ? List.of("LB") : List.of()));
        rows.add(flag("STA", 4, nonZero("OVER")));
    }

    private static Words number(Map<Integer, List<String>> words) {
        return raw -> Numbers.leading(raw)
                .map(number -> words.getOrDefault(number.intValue(), List.of()))
                .orElse(List.of());
    }

    private static Words nonZero(String word) {
        return raw -> Numbers.leading(raw).filter(number -> number != 0).isPresent() ? List.of(word) : List.of();
    }

    private static void measures(List<Row<AnswerPart>> rows) {
        rows.add(field("STO", 7, "ups.load", whole()));
        rows.add(field("STO", 4, "output.voltage", tenths()));
        rows.add(field("STO", 2, "output.frequency", tenths()));
        rows.add(field("STO", 5, "output.current", tenths()));
        rows.add(field("STB", 9, "battery.temperature", whole()));
        rows.add(field("STB", 10, "battery.charge", whole()));
        rows.add(field("STB", 7, "battery.voltage", tenths()));
        rows.add(field("STB", 8, "battery.current", tenths()));
        rows.add(field("STI", 3, "input.voltage", tenths()));
        rows.add(field("STI", 2, "input.frequency", tenths()));
        rows.add(field("TSR", 1, "ups.test.result", (raw, known) -> {
            int result = Numbers.leading(raw).map(Double::intValue).orElse(0);
            return Optional.of(TESTS.get(result >= 0 && result < TESTS.size() ? result : 0));
        }));
        rows.add(field("ENV", 1, "ambient.temperature", whole()));
        rows.add(field("ENV", 2, "ambient.humidity", whole()));
        for (int i = 1; i <= 4; i++) rows.add(field("ENV", 2 + i, "contact " + i, Format.text()));
        rows.add(field("ENV", 1, "ups.contacts", TrippLiteSu::contacts));
    }

    /** Closed contacts as the bits of a number. */
    private static Optional<String> contacts(String raw, Known known) {
        int closed = 0;
        boolean any = false;
        for (int i = 1; i <= 4; i++) {
            any |= known.has("contact " + i);
            if (known.value("contact " + i).filter(text -> text.startsWith("1")).isPresent()) closed |= 1 << (i - 1);
        }
        return any ? Optional.of("%02X".formatted(closed)) : Optional.empty();
    }

    private static void settings(List<Row<AnswerPart>> rows) {
        rows.add(field("UID", 1, "ups.id", Format.text()));
        rows.add(Row.setting(
                "ups.id",
                AnswerPart.order("UID"),
                known -> has(known, "ups.id", VarType.text(100)),
                (id, known) -> id));
        rows.add(field("TXV", 1, LOW, whole()));
        rows.add(field("TXV", 2, HIGH, whole()));
        rows.add(Row.setting(
                LOW,
                AnswerPart.order("TXV"),
                known -> range(known, LOW, "lowest low", "highest low"),
                (low, known) -> low + ";" + known.value(HIGH).orElseThrow(() -> unread(HIGH))));
        rows.add(Row.setting(
                HIGH,
                AnswerPart.order("TXV"),
                known -> range(known, HIGH, "lowest high", "highest high"),
                (high, known) -> known.value(LOW).orElseThrow(() -> unread(LOW)) + ";" + high));
        rows.add(field(
                "VSN",
                1,
                "input.sensitivity",
                named(Map.of(0, SENSITIVITIES.get(0), 1, SENSITIVITIES.get(1), 2, SENSITIVITIES.get(2)))));
        rows.add(Row.setting(
                "input.sensitivity",
                AnswerPart.order("VSN"),
                known -> has(known, "input.sensitivity", VarType.choice(SENSITIVITIES.toArray(String[]::new))),
                (value, known) -> Integer.toString(SENSITIVITIES.indexOf(value))));
    }

    private static IllegalArgumentException unread(String name) {
        return new IllegalArgumentException("the UPS has not told " + name + " yet, which is set with it");
    }

    private static Optional<VarType> has(Known known, String name, VarType type) {
        return known.has(name) ? Optional.of(type) : Optional.empty();
    }

    /** The ratings say which whole volts a unit takes. */
    private static Optional<VarType> range(Known known, String name, String least, String most) {
        int low = known.number(least).map(Double::intValue).orElse(0);
        int high = known.number(most).map(Double::intValue).orElse(0);
        if (!known.has(name) || high == 0 || high - low > 300) return Optional.empty();
        return Optional.of(VarType.choice(
                IntStream.rangeClosed(low, high).mapToObj(Integer::toString).toArray(String[]::new)));
    }

    private static void commands(List<Row<AnswerPart>> rows, int banks) {
        if (banks > 0) {
            rows.add(banks("load.off", "ROF", banks));
            rows.add(banks("load.on", "RON", banks));
        }
        rows.add(restart("shutdown.reboot", "10"));
        rows.add(restart("shutdown.reboot.graceful", "60"));
        rows.add(restart("shutdown.return", "10"));
        rows.add(restart("shutdown.default", "5"));
        rows.add(command("shutdown.stop", "SDA", "0"));
        rows.add(command("test.battery.start", "TST", "3"));
        rows.add(command("test.battery.stop", "TST", "0"));
    }

    private static Row<AnswerPart> banks(String name, String order, int banks) {
        Row.Command<AnswerPart> row = command(name, order, "1;1");
        for (int bank = 2; bank <= banks; bank++) row = row.then(AnswerPart.order(order), constant(bank + ";1"));
        return row;
    }

    /** Comes back by itself, a minute after it went off. */
    private static Row<AnswerPart> restart(String name, String seconds) {
        return command(name, SecProtocol.UNLESS_SO + "ARB", "1")
                .then(AnswerPart.order("SDR"), constant("1"))
                .then(AnswerPart.order("SDA"), constant(seconds));
    }
}
