package org.cobnut.drivers.best;

import java.io.IOException;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** bestfcom: Fortress II, Ferrups and Unity/1. */
@Component(property = {Driver.NAME + "=bestfcom", Driver.VERSION + "=0.13"})
public final class BestFcom implements Driver {
    @Override
    public Options options() {
        return Options.of();
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        var protocol = new BestProtocol(
                new RequestLine(links.open(ByteLink.class, settings.port(), SerialParameters.at(1200))));
        protocol.ask(BestProtocol.MEASURES);
        Ferrups unit = Ferrups.of(protocol);
        return new BestSession("bestfcom", protocol, unit.rows(), "pw377;o 10 a", Map.of());
    }
}
