package org.cobnut.drivers.industrial;

import java.io.IOException;
import java.time.Duration;
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

/** nutdrv_siemens_sitop: Siemens SITOP UPS500, which buffer 24 V. */
@Component(property = {Driver.NAME + "=nutdrv_siemens_sitop", Driver.VERSION + "=0.06"})
public final class Sitop implements Driver {
    private static final String SILENT = "max_polls_without_data";
    private static final Options OPTIONS =
            Options.of(Option.number(SILENT, 2, "Readings in a row in which the unit may say nothing"));

    /** A unit that gets bytes faster loses some, or says nothing any more. */
    private static final Duration PACE = Duration.ofMillis(200);

    /** Readings of the start in which it may say nothing. */
    private static final int TRIES = 5;

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(9600));
        var protocol = new SitopProtocol(new RequestLine(link, PACE), settings.number(SILENT));
        boolean heard = protocol.listen();
        for (int i = 1; i < TRIES && !heard; i++) heard = protocol.listen();
        if (!heard)
            throw new IOException(
                    "the unit says nothing: look at its DIP switches (INTERR. and ON/OFF are on) and cable");
        var wire = new LineWire<>("SITOP", protocol, Set.of(SitopProtocol.WORDS));
        return new TableSession<>(wire, Table.of("SITOP", rows())).shutsDownBy("shutdown.return");
    }

    private static List<Row<AnswerPart>> rows() {
        var rows = new ArrayList<Row<AnswerPart>>();
        rows.add(Row.flag(part(SitopProtocol.SUPPLY), Words.lookup(Map.of("OL", List.of("OL"), "OB", List.of("OB")))));
        rows.add(Row.flag(part(SitopProtocol.BUFFER), Words.lookup(Map.of("ALARM", List.of("LB")))));
        rows.add(constant("ups.mfr", "Siemens"));
        rows.add(constant("ups.model", "SITOP UPS500 series"));
        rows.add(Row.field(
                part(SitopProtocol.CHARGE),
                "battery.charge.approx",
                Format.lookup(Map.of("BA>85", ">85", "BA<85", "<85"))));
        rows.add(command("shutdown.return", 'R'));
        rows.add(command("shutdown.stayoff", 'S'));
        return rows;
    }

    /** An order is said twice, because the first gets lost at times; one without line feeds behind it stops the unit's words. */
    private static Row<AnswerPart> command(String name, char letter) {
        String order = "\n\n" + letter + "\n\n" + letter + "\n\n";
        return Row.command(name, AnswerPart.order(order), (argument, known) -> "");
    }

    private static Row<AnswerPart> constant(String name, String value) {
        return Row.field(part(SitopProtocol.SUPPLY), name, (raw, known) -> Optional.of(value))
                .every(Cadence.ONCE);
    }

    private static AnswerPart part(String name) {
        return new AnswerPart(SitopProtocol.WORDS, name);
    }
}
