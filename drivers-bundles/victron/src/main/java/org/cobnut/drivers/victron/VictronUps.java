package org.cobnut.drivers.victron;

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
import org.cobnut.table.Format;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.Words;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** victronups: IMV and Victron Match, Match Lite and NetUps. */
@Component(property = {Driver.NAME + "=victronups", Driver.VERSION + "=0.21"})
public final class VictronUps implements Driver {
    private static final String MODEL = "modelname";
    private static final String DELAY = "usd";
    private static final String ALARMS = "vAa";

    private static final Options OPTIONS = Options.of(
            Option.text(MODEL, "What ups.model says"),
            Option.number(DELAY, 0, "Seconds between the order and the switching off at a shutdown"));

    private static final Map<String, String> TEST_RESULTS = Map.of(
            "1", "Done and passed",
            "2", "Done and warning",
            "3", "Done and error",
            "4", "Aborted",
            "5", "In progress",
            "6", "No test initiated");

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(1200));
        var protocol = new VictronProtocol(new RequestLine(link));
        protocol.wake();
        return new TableSession<>(new LineWire<>("victronups", protocol, Set.of(ALARMS)), table(settings));
    }

    private static Table<AnswerPart> table(Settings settings) {
        var rows = new ArrayList<Row<AnswerPart>>();
        rows.add(flag(2, 2, "OB"));
        rows.add(flag(2, 0, "OL"));
        rows.add(flag(4, 4, "LB"));
        rows.add(flag(1, 1, "RB"));
        rows.add(flag(128, 128, "OVER"));
        rows.add(Row.flag(
                new AnswerPart(VictronProtocol.TEST, VictronProtocol.CALIBRATION),
                Words.lookup(Map.of("1", List.of("CAL")))));
        rows.add(field(VictronProtocol.TEST, "ups.test.result", Format.lookup(TEST_RESULTS)));
        identity(rows, settings.text(MODEL));
        measures(rows);
        commands(rows, settings.number(DELAY));
        return Table.of("victronups", rows);
    }

    private static void identity(List<Row<AnswerPart>> rows, Optional<String> model) {
        rows.add(once("vDm", "ups.mfr", Format.text()));
        rows.add(once("vDM", "ups.model", (raw, known) -> model.or(() -> Optional.of(raw))));
        rows.add(once("vDS", "ups.serial", Format.text()));
        rows.add(once("vDV", "ups.firmware", Format.text()));
        rows.add(once("vFi", "input.transfer.low", Format.fixed(0)));
        rows.add(once("vFj", "input.transfer.high", Format.fixed(0)));
    }

    private static void measures(List<Row<AnswerPart>> rows) {
        Format whole = Format.fixed(0);
        Format tenths = Format.times(0.1, 1);
        rows.add(field("vBT", "ups.temperature", whole));
        rows.add(field("vBT", "battery.temperature", whole));
        rows.add(field("vO0L", "ups.load", whole));
        rows.add(field("vI0U", "input.voltage", whole));
        rows.add(field("vI0f", "input.frequency", tenths));
        rows.add(field("vO0U", "output.voltage", whole));
        rows.add(field("vOf", "output.frequency", tenths));
        rows.add(field("vO0I", "output.current", tenths));
        rows.add(field("vBC", "battery.charge", whole.from(0)));
        rows.add(field("vBU", "battery.voltage", tenths));
        rows.add(field("vBt", "battery.runtime", Format.times(60, 0).from(0)));
    }

    private static void commands(List<Row<AnswerPart>> rows, long delay) {
        command(rows, "calibrate.start", VictronProtocol.CALIBRATE);
        command(rows, "calibrate.stop", "vTi2!");
        command(rows, "test.battery.start", "vTi4!");
        command(rows, "test.battery.stop", "vTi2!");
        command(rows, "test.panel.start", "vTi3!");
        command(rows, "test.panel.stop", "vTi2!");
        command(rows, "bypass.start", "vTi101!");
        command(rows, "bypass.stop", "vTi2!");
        rows.add(Row.<AnswerPart>command("shutdown.default", AnswerPart.order("vCc0!"), (argument, known) -> "")
                .then(AnswerPart.order("vCb" + delay + "!"), (argument, known) -> ""));
    }

    private static void command(List<Row<AnswerPart>> rows, String name, String order) {
        rows.add(Row.command(name, AnswerPart.order(order), (argument, known) -> ""));
    }

    private static Row<AnswerPart> flag(long mask, long value, String word) {
        return Row.flag(new AnswerPart(ALARMS, VictronProtocol.ALL), Words.bits(mask, value, word));
    }

    private static Row<AnswerPart> once(String question, String name, Format format) {
        return field(question, name, format).every(Cadence.ONCE);
    }

    private static Row.Field<AnswerPart> field(String question, String name, Format format) {
        return Row.field(new AnswerPart(question, VictronProtocol.ALL), name, format);
    }
}
