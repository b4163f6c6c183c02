package org.cobnut.drivers.metasys;

import java.io.IOException;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.osgi.service.component.annotations.Component;

/** metasys: UPSes of Meta System and Legrand (metasys(8)). */
@Component(property = {Driver.NAME + "=metasys", Driver.VERSION + "=0.1"})
public final class Metasys implements Driver {
    @Override
    public Options options() {
        return Options.of();
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        var line = new Frames(links.open(ByteLink.class, settings.port(), SerialParameters.at(2400)));
        line.flush();
        return new MetasysSession(line, Identity.of(line.ask(Identity.COMMAND)));
    }
}
