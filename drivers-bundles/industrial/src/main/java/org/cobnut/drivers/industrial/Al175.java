package org.cobnut.drivers.industrial;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.Cadence;
import org.cobnut.table.Format;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.Words;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** al175: the alarm module AL175 of Eltek's rectifiers. */
@Component(property = {Driver.NAME + "=al175", Driver.VERSION + "=0.12"})
public final class Al175 implements Driver {
    private static final String STATES = "400009";
    private static final String SYSTEM = "404802";
    private static final String REFERENCES = "410008";
    private static final String MEASURES = "418008";
    private static final String TEMPERATURE = "430002";

    /** The last tells whether the battery's current is negative. */
    private static final AnswerPart NEGATIVE = new AnswerPart(STATES, "8");

    private static final AnswerPart FUSES = new AnswerPart(STATES, "0");

    /** Orders in hexadecimal: what to do, and three numbers in digits; the test ends at 24 V, or after a minute. */
    private static final String START_TEST = "8381" + "3138" + "2031" + "2030";

    private static final String STOP_TEST = "8380" + "2030" + "2030" + "2030";

    @Override
    public Options options() {
        return Options.of();
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(9600));
        var wire = new LineWire<>("al175", new ComliProtocol(new RequestLine(link)), Set.of(STATES));
        return new TableSession<>(wire, Table.of("al175", rows()));
    }

    private static List<Row<AnswerPart>> rows() {
        var rows = new ArrayList<Row<AnswerPart>>();
        rows.add(Row.flag(new AnswerPart(STATES, "4"), Words.lookup(Map.of("0", List.of("OL"), "1", List.of("OB")))));
        rows.add(flag("5", "OFF"));
        rows.add(flag("6", "RB"));
        rows.add(Row.flag(new AnswerPart(STATES, "7"), Words.lookup(Map.of("1", List.of("LB"), "2", List.of("HB")))));
        rows.add(fuse(0x40, "battery.fuse"));
        rows.add(fuse(0x20, "battery.symmetry"));
        rows.add(Row.flag(FUSES, raw -> (Integer.parseInt(raw) & 0x60) != 0 ? List.of("RB") : List.of()));
        rows.add(Row.flag(new AnswerPart(SYSTEM, "0"), Words.lookup(Map.of("1", List.of("CHRG")))));
        rows.add(constant("ups.mfr", "Eltek"));
        rows.add(constant("ups.model", "AL175"));
        rows.add(Row.field(
                new AnswerPart(STATES, "6"),
                "ups.test.result",
                (raw, known) -> Optional.of(raw.equals("0") ? "OK" : "FAIL")));
        rows.add(Row.field(
                new AnswerPart(STATES, "1"),
                "ups.test.result",
                (raw, known) -> Integer.parseInt(raw) % 2 == 1 ? Optional.of("In progress") : Optional.empty()));
        rows.add(Row.field(NEGATIVE, "negative", Format.either("0", "1")));
        rows.add(Row.field(
                new AnswerPart(SYSTEM, "1"),
                "output.voltage.nominal",
                Format.nth(List.of("48", "24", "12", "26", "60"))));
        rows.add(hundredths(REFERENCES, 0, "battery.voltage.nominal"));
        rows.add(hundredths(REFERENCES, 2, "input.transfer.boost.low"));
        rows.add(Row.field(new AnswerPart(MEASURES, "2w"), "battery.current", (raw, known) -> known.number("negative")
                .map(negative -> Numbers.format(Integer.parseInt(raw) / 100. * (1 - 2 * negative), 2))));
        rows.add(hundredths(MEASURES, 6, "output.current"));
        rows.add(hundredths(TEMPERATURE, 0, "battery.temperature"));
        rows.add(Row.command("test.battery.start", AnswerPart.order(START_TEST), (argument, known) -> ""));
        rows.add(Row.command("test.battery.stop", AnswerPart.order(STOP_TEST), (argument, known) -> ""));
        return rows;
    }

    private static Row<AnswerPart> fuse(int bit, String name) {
        return Row.field(FUSES, name, (raw, known) -> Optional.of((Integer.parseInt(raw) & bit) == 0 ? "OK" : "FAIL"));
    }

    private static Row<AnswerPart> flag(String at, String word) {
        return Row.flag(new AnswerPart(STATES, at), Words.lookup(Map.of("1", List.of(word))));
    }

    private static Row<AnswerPart> constant(String name, String value) {
        return Row.field(NEGATIVE, name, (raw, known) -> Optional.of(value)).every(Cadence.ONCE);
    }

    private static Row<AnswerPart> hundredths(String question, int at, String name) {
        return Row.field(new AnswerPart(question, at + "w"), name, Format.times(0.01, 2));
    }
}
