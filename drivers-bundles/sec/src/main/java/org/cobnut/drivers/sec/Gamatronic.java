package org.cobnut.drivers.sec;

import static org.cobnut.drivers.sec.SecRows.command;
import static org.cobnut.drivers.sec.SecRows.constant;
import static org.cobnut.drivers.sec.SecRows.field;
import static org.cobnut.drivers.sec.SecRows.flag;
import static org.cobnut.drivers.sec.SecRows.once;
import static org.cobnut.drivers.sec.SecRows.scaled;
import static org.cobnut.drivers.sec.SecRows.tenths;
import static org.cobnut.drivers.sec.SecRows.whole;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.SerialLink;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.Format;
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

/** gamatronic: units with the SEC protocol of Gamatronic, NHS and others. A unit tells which of its values there are. */
@Component(property = {Driver.NAME + "=gamatronic", Driver.VERSION + "=0.05"})
public final class Gamatronic implements Driver {
    private static final int[] SPEEDS = {1200, 2400, 4800, 9600, 19_200};
    private static final Set<String> VITAL = Set.of("ST1", "ST3", "ST5");

    private static final SecProtocol.Form FORM =
            new SecProtocol.Form("^", ",", '1', '0', true, List.of("MAN", "MOD"), Duration.ofMillis(1500));

    /** A value by the number under which units list it. */
    private record Listed(int number, Row<AnswerPart> row) {}

    private static final List<Listed> ROWS = List.of(
            new Listed(55, once("MAN", 1, "ups.mfr", Format.text())),
            new Listed(56, once("MOD", 1, "ups.model", Format.text())),
            new Listed(84, once("VER", 1, "ups.firmware", Format.text())),
            new Listed(39, once("UID", 1, "ups.id", Format.text())),
            new Listed(59, once("NOM", 1, "input.voltage.nominal", whole())),
            new Listed(64, once("NOM", 5, "ups.power.nominal", whole())),
            new Listed(54, once("NOM", 9, "input.transfer.low", whole())),
            new Listed(38, once("NOM", 10, "input.transfer.high", whole())),
            new Listed(21, once("NOM", 11, "battery.date", Format.text())),
            new Listed(9, flag("ST5", 6, is("1", "OFF"))),
            new Listed(
                    76,
                    flag(
                            "ST3",
                            1,
                            Words.lookup(Map.of(
                                    "0", List.of("OL"),
                                    "1", List.of("OB"),
                                    "2", List.of("BYPASS"),
                                    "3", List.of("TRIM"),
                                    "4", List.of("BOOST"))))),
            new Listed(10, flag("ST5", 4, is("1", "OVER"))),
            new Listed(22, flag("ST1", 2, is("1", "LB"))),
            new Listed(19, flag("ST1", 1, is("2", "RB"))),
            new Listed(81, field("ST1", 4, "battery.runtime", whole())),
            new Listed(37, field("ST1", 5, "battery.runtime.low", scaled(60, 0).from(0))),
            new Listed(36, field("ST1", 6, "battery.charge", whole())),
            new Listed(24, field("ST1", 7, "battery.voltage", tenths())),
            new Listed(20, field("ST1", 8, "battery.current", tenths())),
            new Listed(23, field("ST1", 9, "battery.temperature", whole())),
            new Listed(43, field("ST2", 3, "input.frequency", tenths())),
            new Listed(51, field("ST2", 4, "input.voltage", tenths())),
            new Listed(68, field("ST3", 2, "output.frequency", tenths())),
            new Listed(77, field("ST3", 4, "output.voltage", tenths())),
            new Listed(65, field("ST3", 5, "output.current", tenths())),
            new Listed(69, field("ST3", 7, "ups.load", whole())),
            alarm(1, 13, "Awaiting Power"),
            alarm(2, 5, "Bypass Bad"),
            alarm(3, 8, "Charger Failure"),
            alarm(4, 10, "Fan Failure"),
            alarm(5, 11, "Fuse Failure"),
            alarm(6, 12, "General Fault"),
            alarm(7, 2, "Input Bad"),
            alarm(8, 3, "Output Bad"),
            alarm(9, 6, "Output Off"),
            alarm(10, 4, "Overload"),
            alarm(11, 15, "Shutdown Imminent"),
            alarm(12, 14, "Shutdown Pending"),
            alarm(13, 9, "System Off"),
            alarm(14, 1, "Temperature"),
            alarm(15, 7, "UPS Shutdown"));

    private static Words is(String answer, String word) {
        return Words.lookup(Map.of(answer, List.of(word)));
    }

    private static Listed alarm(int number, int field, String sentence) {
        return new Listed(number, Row.alarm(new AnswerPart("ST5", Integer.toString(field)), is("1", sentence)));
    }

    @Override
    public Options options() {
        return Options.of();
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(SPEEDS[0]));
        var protocol = new SecProtocol(new RequestLine(link), FORM);
        find(link, protocol);
        return new TableSession<>(new LineWire<>("gamatronic", protocol, VITAL), table(listed(protocol)));
    }

    private static void find(ByteLink link, SecProtocol protocol) throws IOException {
        for (int speed : SPEEDS) {
            if (link instanceof SerialLink serial) serial.speed(speed);
            try {
                protocol.askOnce("MAN");
                return;
            } catch (NoAnswerException | UnfitAnswerException other) {
                if (!(link instanceof SerialLink)) break;
            }
        }
        throw new IOException(
                "no UPS with the SEC protocol answers, at 1200 to 19200 bits a second; check the cable and"
                        + " that 'port' is the right one");
    }

    /** The numbers of the values that this unit has. */
    private static Set<Integer> listed(SecProtocol protocol) throws IOException {
        var numbers = new HashSet<Integer>();
        for (String question : List.of("AP1", "AP2"))
            for (String number : fields(protocol, question))
                Numbers.leading(number).map(Double::intValue).ifPresent(numbers::add);
        if (numbers.isEmpty()) throw new IOException("the UPS does not say which values it has (AP1, AP2)");
        return numbers;
    }

    /** None for a unit that does not know this question: one of the two lists is enough. */
    private static List<String> fields(SecProtocol protocol, String question) throws IOException {
        try {
            return protocol.ask(question);
        } catch (NoAnswerException | UnfitAnswerException none) {
            return List.of();
        }
    }

    /** The rows of a unit that has these values. */
    static Table<AnswerPart> table(Set<Integer> numbers) {
        var rows = new ArrayList<Row<AnswerPart>>();
        for (Listed each : ROWS) if (numbers.contains(each.number())) rows.add(each.row());
        for (String name : List.of("shutdown.return", "shutdown.default"))
            rows.add(command(name, "PSD", "-1")
                    .then(AnswerPart.order("ATR"), constant("1"))
                    .then(AnswerPart.order("SDA"), constant("2"))
                    .then(AnswerPart.order("PSD"), constant("5")));
        return Table.of("gamatronic", rows);
    }
}
