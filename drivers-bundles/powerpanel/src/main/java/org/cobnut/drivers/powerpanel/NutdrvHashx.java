package org.cobnut.drivers.powerpanel;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** nutdrv_hashx: UPSes that PowerMaster+ knows, on serial lines (nutdrv_hashx(8)). */
@Component(property = {Driver.NAME + "=nutdrv_hashx", Driver.VERSION + "=0.1", Driver.EXPERIMENTAL + "=true"})
public final class NutdrvHashx implements Driver {
    private static final Protocol PROTOCOL = new HashProtocol();
    private static final int TRIES = 4;

    @Override
    public Options options() {
        return Options.of();
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        var parameters = SerialParameters.at(PROTOCOL.speed());
        var line = new Exchange(links.open(ByteLink.class, settings.port(), parameters), Duration.ZERO);
        String identity = RequestLine.repeat(TRIES, () -> PROTOCOL.identify(line));
        var table = Table.of(PROTOCOL.name(), PROTOCOL.rows(identity, Delays.NONE));
        return new PowerPanelSession(new TableSession<>(new PowerPanelWire(line, PROTOCOL), table), PROTOCOL, Map.of());
    }
}
