package org.cobnut.drivers.apcupsd;

import java.io.IOException;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.HostPort;
import org.cobnut.link.Links;
import org.osgi.service.component.annotations.Component;

/** apcupsd-ups: shows the UPS that an apcupsd on this or another host has (apcupsd-ups(8)). */
@Component(property = {Driver.NAME + "=apcupsd-ups", Driver.VERSION + "=0.1"})
public final class ApcupsdUps implements Driver {
    private static final Options OPTIONS = Options.of();
    private static final int NIS_PORT = 3551;

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        String port = settings.port().isBlank() ? "localhost" : settings.port();
        HostPort server = HostPort.parse(port.replaceFirst("^tcp:", ""), NIS_PORT);
        return new ApcupsdSession(NisClient.connect(() -> links.open(ByteLink.class, server.tcp())), System::nanoTime);
    }
}
