package org.cobnut.drivers.oldserial;

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
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** isbmex: SR-Inet of Sola/Basic in Mexico. */
@Component(property = {Driver.NAME + "=isbmex", Driver.VERSION + "=0.07"})
public final class Isbmex implements Driver {
    private static final double LOWEST = 22 * 256.;

    /** Volts at the input for numbers from {@link #LOWEST} on, 1024 apart: measured on NUT's driver. */
    private static final double[] CURVE = {
        96, 101, 105.5, 109.7, 113.4, 116.5, 118.8, 121.1, 123.7, 126.9, 130.9, 135.4, 139.9, 143.3, 144.1, 140.2
    };

    private static final double STEP = 1024;
    private static final double HIGHEST_VOLTS = 140;

    /** Numbers of an empty and of a full battery. */
    private static final double EMPTY = 168;

    private static final double FULL = 215;

    private static final Map<String, List<String>> REGULATION =
            Map.of("48", List.of(), "49", List.of("BOOST"), "50", List.of("TRIM"));
    private static final Map<String, List<String>> SUPPLY =
            Map.of("48", List.of("OL"), "49", List.of("OB"), "50", List.of("OB", "LB"));

    @Override
    public Options options() {
        return Options.of();
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(9600));
        var protocol = new IsbProtocol(new RequestLine(link));
        return new TableSession<>(new LineWire<>("isbmex", protocol, Set.of(IsbProtocol.PACKET)), table());
    }

    private static Table<AnswerPart> table() {
        var rows = new ArrayList<Row<AnswerPart>>();
        rows.add(Row.flag(bytes("6-7"), raw -> SUPPLY.getOrDefault(raw, List.of())));
        rows.add(Row.flag(bytes("5-6"), raw -> REGULATION.getOrDefault(raw, List.of())));
        constant(rows, "ups.mfr", "Sola/Basic Mexico");
        constant(rows, "ups.model", "SR-Inet 280/300/400/480/500/800/1000");
        constant(rows, "input.transfer.low", "102.0");
        constant(rows, "input.transfer.high", "140.0");
        constant(rows, "output.voltage", "120.0");
        rows.add(Row.field(bytes("0-2"), "input.voltage", Isbmex::volts));
        rows.add(Row.field(bytes("2-3"), "battery.charge", (raw, known) -> Numbers.parse(raw)
                .map(number -> Math.max(0, Math.min(100, (number - EMPTY) / (FULL - EMPTY) * 100)))
                .map(percent -> Numbers.format(percent, 1))));
        rows.add(Row.field(bytes("3-5"), "input.frequency", (raw, known) -> Numbers.parse(raw)
                .filter(period -> period > 0)
                .map(period -> Numbers.format(1e6 / period, 2))));
        return Table.of("isbmex", rows);
    }

    private static Optional<String> volts(String raw, Known known) {
        double steps = (Numbers.parse(raw).orElse(0.) - LOWEST) / STEP;
        if (steps < 0) return Optional.of("0.0");
        int at = (int) steps;
        double volts = at >= CURVE.length - 1 ? HIGHEST_VOLTS : CURVE[at] + (steps - at) * (CURVE[at + 1] - CURVE[at]);
        return Optional.of(Numbers.format(volts, 1));
    }

    private static void constant(List<Row<AnswerPart>> rows, String name, String value) {
        rows.add(Row.<AnswerPart>field(bytes("6-7"), name, (raw, known) -> Optional.of(value))
                .every(Cadence.ONCE));
    }

    private static AnswerPart bytes(String part) {
        return new AnswerPart(IsbProtocol.PACKET, part);
    }
}
