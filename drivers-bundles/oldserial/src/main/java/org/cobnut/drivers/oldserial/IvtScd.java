package org.cobnut.drivers.oldserial;

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
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** ivtscd: solar chargers of IVT with a port SCD. */
@Component(property = {Driver.NAME + "=ivtscd", Driver.VERSION + "=0.03", Driver.EXPERIMENTAL + "=true"})
public final class IvtScd implements Driver {
    private static final String LOW = "battery.voltage.low";

    /** Of a battery of 12 V. */
    private static final double USUAL_LOW = 10.8;

    private static final Options OPTIONS = Options.of(
            Option.text("default." + LOW, "Volts below which the battery counts as low (10.8)"),
            Option.text("override." + LOW, "The same"));

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(1200));
        var protocol = new IvtProtocol(new RequestLine(link));
        return new TableSession<>(new LineWire<>("ivtscd", protocol, Set.of(IvtProtocol.VALUES)), table(low(settings)));
    }

    private static double low(Settings settings) {
        return settings.text("override." + LOW)
                .or(() -> settings.text("default." + LOW))
                .map(text -> Numbers.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException(LOW + " = " + text
                                + " is no number of volts; correct the line default." + LOW + " or override." + LOW)))
                .orElse(USUAL_LOW);
    }

    private static Table<AnswerPart> table(double low) {
        var rows = new ArrayList<Row<AnswerPart>>();
        rows.add(Row.flag(number(1), raw -> List.of(Numbers.parse(raw).orElse(0.) > 0 ? "OL" : "OB")));
        rows.add(Row.flag(number(0), raw -> Numbers.parse(raw).orElse(low) < low ? List.of("LB") : List.of()));
        for (Map.Entry<String, String> constant : List.of(
                Map.entry("device.mfr", "IVT"),
                Map.entry("device.model", "Solar Controller Device"),
                Map.entry("device.type", "scd")))
            rows.add(Row.<AnswerPart>field(
                            number(0), constant.getKey(), (raw, known) -> Optional.of(constant.getValue()))
                    .every(Cadence.ONCE));
        field(rows, 0, "battery.voltage", 2);
        field(rows, 1, "battery.current", 1);
        field(rows, 2, "battery.temperature", 0);
        field(rows, 3, "battery.voltage.minimum", 2);
        field(rows, 4, "battery.voltage.maximum", 2);
        field(rows, 5, "battery.current.minimum", 1);
        field(rows, 6, "battery.current.maximum", 1);
        rows.add(Row.command("reset.input.minmax", AnswerPart.order("L"), (argument, known) -> ""));
        return Table.of("ivtscd", rows);
    }

    private static void field(List<Row<AnswerPart>> rows, int at, String name, int decimals) {
        rows.add(Row.field(number(at), name, Format.fixed(decimals)));
    }

    private static AnswerPart number(int at) {
        return new AnswerPart(IvtProtocol.VALUES, Integer.toString(at));
    }
}
