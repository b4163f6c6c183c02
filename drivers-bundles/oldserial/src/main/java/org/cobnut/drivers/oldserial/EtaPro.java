package org.cobnut.drivers.oldserial;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** etapro: mini+UPS of ETA with the option PRO. */
@Component(property = {Driver.NAME + "=etapro", Driver.VERSION + "=0.05"})
public final class EtaPro implements Driver {
    private static final int LINE = 0x01;
    private static final int OUTPUT = 0x02;
    private static final int BATTERY = 0x04;
    private static final int BOOST = 0x10;
    private static final int BAD_BATTERY = 0x20;

    /** What full scale of a byte means. */
    private static final double VOLTS = 270 / 255.;

    private static final double BATTERY_VOLTS = 14 / 255.;
    private static final double PERCENT = 150 / 255.;

    /** The load switches off after 10 s, and on again after 25 s. */
    private static final String OFF_AND_ON = "RN0019 RO000A";

    @Override
    public Options options() {
        return Options.of();
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(1200));
        var protocol = new EtaProtocol(new RequestLine(link));
        return new TableSession<>(new LineWire<>("etapro", protocol, Set.of(EtaProtocol.MEASURES)), table());
    }

    private static Table<AnswerPart> table() {
        var rows = new ArrayList<Row<AnswerPart>>();
        rows.add(Row.flag(new AnswerPart(EtaProtocol.MEASURES, "SO"), EtaPro::words));
        rows.add(Row.flag(
                new AnswerPart(EtaProtocol.MEASURES, "SL"),
                raw -> Numbers.parse(raw).orElse(0.) * PERCENT > 100 ? List.of("OVER") : List.of()));
        identity(rows, "SR", "ups.mfr");
        identity(rows, "SS", "ups.model");
        identity(rows, "ST", "ups.mfr.date");
        measure(rows, "SG", "input.voltage", Format.times(VOLTS, 1));
        measure(rows, "SH", "output.voltage", Format.times(VOLTS, 1));
        measure(rows, "SI", "battery.voltage", Format.times(BATTERY_VOLTS, 2));
        measure(rows, "SL", "ups.load", Format.times(PERCENT, 1));
        command(rows, "load.off", "RO0001");
        command(rows, "load.on", "RN0001");
        command(rows, "shutdown.return", OFF_AND_ON);
        command(rows, "shutdown.default", OFF_AND_ON);
        return Table.of("etapro", rows);
    }

    private static List<String> words(String raw) {
        int bits = Numbers.parse(raw).orElse(0.).intValue();
        var words = new ArrayList<String>();
        if ((bits & OUTPUT) == 0) words.add("OFF");
        else words.add((bits & LINE) != 0 ? "OL" : "OB");
        if ((bits & BATTERY) == 0) words.add("LB");
        if ((bits & BOOST) != 0) words.add("BOOST");
        if ((bits & BAD_BATTERY) != 0) words.add("RB");
        return words;
    }

    private static void identity(List<Row<AnswerPart>> rows, String letters, String name) {
        rows.add(Row.<AnswerPart>field(new AnswerPart(EtaProtocol.IDENTITY, letters), name, Format.text())
                .every(Cadence.ONCE));
    }

    private static void measure(List<Row<AnswerPart>> rows, String letters, String name, Format format) {
        rows.add(Row.field(new AnswerPart(EtaProtocol.MEASURES, letters), name, format));
    }

    private static void command(List<Row<AnswerPart>> rows, String name, String orders) {
        rows.add(Row.command(name, AnswerPart.order(orders), (argument, known) -> ""));
    }
}
