package org.cobnut.drivers.sec;

import static org.cobnut.drivers.sec.SecRows.command;
import static org.cobnut.drivers.sec.SecRows.constant;
import static org.cobnut.drivers.sec.SecRows.field;
import static org.cobnut.drivers.sec.SecRows.flag;
import static org.cobnut.drivers.sec.SecRows.named;
import static org.cobnut.drivers.sec.SecRows.once;
import static org.cobnut.drivers.sec.SecRows.scaled;
import static org.cobnut.drivers.sec.SecRows.tenths;
import static org.cobnut.drivers.sec.SecRows.whole;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** belkin: the older serial units of Belkin, and those that Delta built alike. */
@Component(property = {Driver.NAME + "=belkin", Driver.VERSION + "=0.24"})
public final class Belkin implements Driver {
    /** The charge below which a battery counts as low: the unit's own word comes 10 s before it ends. */
    private static final int LOW_CHARGE = 20;

    /** A unit is asked this often before it is given up. */
    private static final int TRIES = 10;

    /** How long DTR must be off and RTS on before a unit speaks. */
    private static final Duration WAKE = Duration.ofSeconds(1);

    /** The rest between the two orders that switch the load off. */
    static final Duration BETWEEN = Duration.ofMillis(1500);

    /** A unit of this model takes another order to be quiet. */
    private static final String OTHER_BEEPER = "F6C1400-EUR";

    private static final SecProtocol.Form FORM =
            new SecProtocol.Form("~00", ";", 'A', 'R', false, List.of("MNU", "MOD"), Duration.ofMillis(1500));

    private final LongSupplier clock;

    @Activate
    public Belkin() {
        this(System::nanoTime);
    }

    /** @param clock nanoseconds that only grow */
    Belkin(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public Options options() {
        return Options.of();
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(
                ByteLink.class, settings.port(), SerialParameters.at(2400).lines(false, true));
        var line = new RequestLine(link);
        line.rest(WAKE);
        var protocol = new SecProtocol(line, FORM);
        RequestLine.repeat(TRIES, () -> protocol.askOnce("MNU"));
        return new ConfirmedOff(
                new TableSession<>(new LineWire<>("belkin", protocol, Set.of("STA", "STB")), table()), line, clock);
    }

    static Table<AnswerPart> table() {
        var rows = new ArrayList<Row<AnswerPart>>();
        rows.add(once("MNU", 1, "ups.mfr", (raw, known) -> Optional.of("BELKIN")));
        rows.add(once("MOD", 1, "ups.model", Format.text()));
        rows.add(once("VER", 1, "ups.firmware", Format.text()));
        rows.add(once("RAT", 8, "input.transfer.low", scaled(1 / 0.88, 0)));
        rows.add(once("RAT", 9, "input.transfer.high", scaled(0.88, 0)));
        status(rows);
        measures(rows);
        commands(rows);
        return Table.of("belkin", rows);
    }

    private static void status(List<Row<AnswerPart>> rows) {
        rows.add(flag("STA", 6, begins("1", "OFF", "")));
        rows.add(flag("STA", 2, begins("1", "OB", "OL")));
        rows.add(field(
                "STA",
                16,
                "ups.beeper.status",
                (raw, known) -> Optional.of(raw.startsWith("0") ? "disabled" : "enabled")));
        rows.add(flag("STB", 2, begins("1", "LB", "")));
        rows.add(flag("STB", 10, raw -> Numbers.leading(raw).orElse(0.) < LOW_CHARGE ? List.of("LB") : List.of()));
        rows.add(field("STB", 10, "battery.charge.low", (raw, known) -> Optional.of(Integer.toString(LOW_CHARGE))));
    }

    private static Words begins(String start, String word, String other) {
        return raw -> {
            String said = raw.startsWith(start) ? word : other;
            return said.isEmpty() ? List.of() : List.of(said);
        };
    }

    private static void measures(List<Row<AnswerPart>> rows) {
        rows.add(field("STB", 10, "battery.charge", whole()));
        rows.add(field("STB", 9, "battery.temperature", whole()));
        rows.add(field("STB", 9, "ups.temperature", whole()));
        rows.add(field("STB", 7, "battery.voltage", tenths()));
        rows.add(field("STI", 3, "input.voltage", tenths()));
        rows.add(field("STI", 2, "input.frequency", tenths()));
        rows.add(field("STO", 2, "output.frequency", tenths()));
        rows.add(field("STO", 4, "output.voltage", tenths()));
        rows.add(field("STO", 7, "ups.load", whole()));
        rows.add(field(
                "TSR",
                1,
                "ups.test.result",
                named(Map.of(
                        0, "No test performed",
                        1, "Passed",
                        2, "In progress",
                        3, "10s test failed",
                        4, "10s test failed",
                        5, "deep test failed",
                        6, "Aborted"))));
    }

    private static void commands(List<Row<AnswerPart>> rows) {
        rows.add(Row.command("beeper.disable", AnswerPart.order("BUZ"), Belkin::quiet));
        rows.add(command("beeper.enable", "BUZ", "1"));
        rows.add(command("load.off", "ROF", "1;1"));
        rows.add(command("load.on", "RON", "1;1"));
        rows.add(command("test.battery.start.quick", "TST", "3"));
        rows.add(command("test.battery.start.deep", "TST", "4"));
        rows.add(command("test.battery.stop", "TST", "0"));
        rows.add(command("shutdown.default", "SDT", "2")
                .then(AnswerPart.order("SDR"), constant("1"))
                .then(AnswerPart.order("SDA"), constant("5")));
    }

    private static String quiet(String argument, Known known) {
        return known.is("ups.model", OTHER_BEEPER) ? "2" : "0";
    }
}
