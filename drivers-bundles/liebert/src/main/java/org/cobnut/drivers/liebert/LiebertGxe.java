package org.cobnut.drivers.liebert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.Cadence;
import org.cobnut.table.Condition;
import org.cobnut.table.Format;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.Words;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** liebert-gxe: Liebert GXE. */
@Component(property = {Driver.NAME + "=liebert-gxe", Driver.VERSION + "=0.05", Driver.EXPERIMENTAL + "=true"})
public final class LiebertGxe implements Driver {
    private static final String ADDRESS = "addr";
    private static final String RETRY = "retry";
    private static final Options OPTIONS = Options.of(
            Option.number(ADDRESS, 1, "The unit's address, 1 to 99"),
            Option.number(RETRY, 3, "How often a question is asked that is not answered, 1 to 5"));

    private static final String ANALOG = "42";
    private static final String STATE = "43";
    private static final String ORDER = "45";

    /** What feeds the rectifier, as a state. */
    private static final String SUPPLY = "supply";

    private static final String BATTERY = "226";

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        int address = bounded(settings, ADDRESS, 99);
        int tries = bounded(settings, RETRY, 5);
        // NUT's driver leaves the speed as it is, which is 9600 after a start of Linux
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(9600));
        var protocol = new GxeProtocol(new RequestLine(link), address, tries);
        return new TableSession<>(new LineWire<>("liebert-gxe", protocol, Set.of(STATE)), table(address));
    }

    private static int bounded(Settings settings, String option, int most) {
        long number = settings.number(option);
        if (number < 1 || number > most)
            throw new IllegalArgumentException(option + " = " + number + " is not between 1 and " + most);
        return (int) number;
    }

    private static Table<AnswerPart> table(int address) {
        var rows = new ArrayList<Row<AnswerPart>>();
        identity(rows, "%02d".formatted(address));
        status(rows);
        measures(rows);
        command(rows, "test.battery.start", "1002");
        command(rows, "test.battery.stop", "1003");
        command(rows, "load.on", "2001");
        command(rows, "load.off", "2003");
        return Table.of("liebert-gxe", rows);
    }

    private static void identity(List<Row<AnswerPart>> rows, String address) {
        AnswerPart model = new AnswerPart(GxeProtocol.IDENTITY, "text 0-10");
        rows.add(once(model, "ups.model", Format.text()));
        rows.add(once(model, "ups.mfr", (raw, known) -> Optional.of("EmersonNetworkPower")));
        rows.add(once(model, "ups.id", (raw, known) -> Optional.of(address)));
        rows.add(once(parameter(5), "output.voltage.nominal", Format.fixed(0)));
        rows.add(once(parameter(6), "output.frequency.nominal", Format.fixed(0)));
        rows.add(once(parameter(20), "ups.test.interval", Format.times(324000, 0)));
    }

    private static void status(List<Row<AnswerPart>> rows) {
        rows.add(Row.<AnswerPart>field(state(3), SUPPLY, Format.fixed(0)).every(Cadence.QUICK));
        Condition onBattery = Condition.is(SUPPLY, BATTERY);
        rows.add(Row.<AnswerPart>flag(state(1), Words.lookup(Map.of("1", List.of("OB"), "2", List.of("OB", "BYPASS"))))
                .when(onBattery));
        rows.add(Row.<AnswerPart>flag(state(1), Words.lookup(Map.of("1", List.of("OL"), "2", List.of("OL", "BYPASS"))))
                .when(onBattery.not()));
        rows.add(Row.field(
                state(4),
                "battery.charger.status",
                Format.lookup(Map.of("224", "resting", "225", "charging", "226", "charging", "227", "discharging"))));
        rows.add(Row.field(state(5), "ups.test.result", Format.lookup(Map.of("224", "In progress", "225", "Idle"))));
    }

    private static void measures(List<Row<AnswerPart>> rows) {
        Format hundredths = Format.times(0.01, 2);
        measure(rows, 1, "input.voltage", hundredths);
        measure(rows, 4, "output.voltage", hundredths);
        measure(rows, 7, "output.current", hundredths);
        measure(rows, 10, "battery.voltage", hundredths);
        measure(rows, 11, "output.frequency", hundredths);
        measure(rows, 14, "input.frequency", hundredths);
        measure(rows, 17, "ups.realpower", Format.times(10, 0));
        measure(rows, 18, "ups.power", Format.times(10, 0));
        measure(rows, 21, "battery.runtime", Format.times(60, 0));
    }

    private static void measure(List<Row<AnswerPart>> rows, int word, String name, Format format) {
        rows.add(Row.field(new AnswerPart(ANALOG, "word " + word), name, format));
    }

    private static void command(List<Row<AnswerPart>> rows, String name, String data) {
        rows.add(Row.command(name, AnswerPart.order(ORDER), (argument, known) -> data));
    }

    private static Row<AnswerPart> once(AnswerPart part, String name, Format format) {
        return Row.field(part, name, format).every(Cadence.ONCE);
    }

    private static AnswerPart parameter(int word) {
        return new AnswerPart(GxeProtocol.PARAMETERS, "word " + word);
    }

    private static AnswerPart state(int place) {
        return new AnswerPart(STATE, "byte " + place);
    }
}
