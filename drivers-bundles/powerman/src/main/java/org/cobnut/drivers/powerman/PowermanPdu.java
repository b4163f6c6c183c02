package org.cobnut.drivers.powerman;

import java.io.IOException;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.HostPort;
import org.cobnut.link.Links;
import org.osgi.service.component.annotations.Component;

/** powerman-pdu: shows the nodes of a powerman daemon as outlets (powerman-pdu(8)). */
@Component(property = {Driver.NAME + "=powerman-pdu", Driver.VERSION + "=0.1"})
public final class PowermanPdu implements Driver {
    private static final Options OPTIONS = Options.of();
    private static final int PORT = 10101;

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        String port = settings.port().isBlank() ? "localhost" : settings.port();
        HostPort server = HostPort.parse(port.replaceFirst("^tcp:", ""), PORT);
        return new PowermanSession(new PowermanClient(links.open(ByteLink.class, server.tcp())));
    }
}
