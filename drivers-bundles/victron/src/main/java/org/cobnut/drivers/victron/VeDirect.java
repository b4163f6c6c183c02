package org.cobnut.drivers.victron;

import java.io.IOException;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** ve-direct: battery monitors, solar chargers and inverters of Victron Energy with a port VE.Direct. */
@Component(property = {Driver.NAME + "=ve-direct", Driver.VERSION + "=0.23", Driver.EXPERIMENTAL + "=true"})
public final class VeDirect implements Driver {
    private static final String MODEL = "modelname";
    private static final Options OPTIONS = Options.of(Option.text(MODEL, "What ups.model says"));

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(19200));
        return new VeSession(new VeBlocks(new RequestLine(link)), settings.text(MODEL));
    }
}
