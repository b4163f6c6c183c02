package org.cobnut.drivers.best;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.Format;
import org.cobnut.table.Row;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** bestuferrups: Micro Ferrups of the series ME, RE and MD. */
@Component(property = {Driver.NAME + "=bestuferrups", Driver.VERSION + "=0.03"})
public final class BestUferrups implements Driver {
    private static final double FULL_LARGE = 54.2;
    private static final double FULL_SMALL = 13.7;

    @Override
    public Options options() {
        return Options.of();
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        var protocol = new BestProtocol(
                new RequestLine(links.open(ByteLink.class, settings.port(), SerialParameters.at(1200))));
        String id = protocol.ask("id");
        String series = id.startsWith("Unit ID \"") ? id.substring(9, Math.min(11, id.length())) : "";
        boolean small = series.equals("C1");
        if (!small && !series.equals("ME") && !series.equals("RE"))
            throw new IOException("it says that it is no Micro Ferrups of the series ME, RE or MD: " + id);
        double empty = small ? Ferrups.value(protocol, "d 27", "LowBatt") : Ferrups.value(protocol, "d 29", "LowBat");
        List<Row<AnswerPart>> rows = BestSession.rows(
                switch (series) {
                    case "ME" -> "Micro Ferrups (ME) 3100";
                    case "RE" -> "Micro Ferrups (RE) 1800";
                    default -> "Micro Ferrups (MD) 1100";
                });
        rows.add(Row.flag(BestProtocol.columns(16, 74), digits -> Ferrups.words(digits, -1)));
        BestSession.field(rows, 54, 58, "input.frequency", Format.times(0.01, 2));
        BestSession.field(rows, 62, 66, "ambient.temperature", Format.fixed(1));
        Ferrups.charge(rows, empty, small ? FULL_SMALL : FULL_LARGE);
        Ferrups.load(rows, small ? "d 22" : "d 16");
        if (series.equals("RE"))
            rows.add(Row.field(new AnswerPart("d 12", "HS Temp"), "ups.temperature", Format.fixed(1)));
        return new BestSession("bestuferrups", protocol, rows, "pw377;off 1 a", Map.of());
    }
}
