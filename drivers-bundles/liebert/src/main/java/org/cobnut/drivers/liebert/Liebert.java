package org.cobnut.drivers.liebert;

import java.io.IOException;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.link.SerialLink;
import org.cobnut.link.SerialParameters;
import org.osgi.service.component.annotations.Component;

/** liebert: contacts of a MultiLink cable, whose wires stand on the lines of a serial port. */
@Component(property = {Driver.NAME + "=liebert", Driver.VERSION + "=1.05"})
public final class Liebert implements Driver {
    private static final Options OPTIONS = Options.of(
            Option.text("mfr", "What ups.mfr says").fallback("Liebert"),
            Option.text("model", "What ups.model says").fallback("MultiLink"));

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        SerialLink line = links.open(
                SerialLink.class, settings.port(), SerialParameters.at(9600).lines(true, true));
        return new MultiLinkSession(
                line, settings.text("mfr").orElseThrow(), settings.text("model").orElseThrow());
    }
}
