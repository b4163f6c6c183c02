package org.cobnut.drivers.oldserial;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.Format;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** everups: NET DPC and AP Pro of Ever. */
@Component(property = {Driver.NAME + "=everups", Driver.VERSION + "=0.04"})
public final class EverUps implements Driver {
    @Override
    public Options options() {
        return Options.of();
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(300));
        var protocol = new EverProtocol(new RequestLine(link));
        return new TableSession<>(new LineWire<>("everups", protocol, Set.of(EverProtocol.STATE)), table());
    }

    private static Table<AnswerPart> table() {
        var rows = new ArrayList<Row<AnswerPart>>();
        rows.add(Row.flag(part("status"), raw -> List.of(raw.split(" "))));
        rows.add(Row.field(part("model"), "ups.mfr", (raw, known) -> Optional.of("Ever")));
        rows.add(Row.field(part("model"), "ups.model", Format.text()));
        rows.add(Row.field(part("battery"), "battery.voltage", Format.fixed(2)));
        rows.add(Row.field(part("charge"), "battery.charge", Format.fixed(1)));
        rows.add(Row.field(part("line"), "input.voltage", Format.fixed(0)));
        rows.add(Row.command("shutdown.default", AnswerPart.order(EverProtocol.SHUTDOWN), (argument, known) -> ""));
        return Table.of("everups", rows);
    }

    private static AnswerPart part(String name) {
        return new AnswerPart(EverProtocol.STATE, name);
    }
}
