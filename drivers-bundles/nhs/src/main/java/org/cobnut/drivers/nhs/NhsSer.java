package org.cobnut.drivers.nhs;

import java.io.IOException;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.osgi.service.component.annotations.Component;

/** nhs_ser: UPSes of NHS Sistemas Eletronicos (nhs_ser(8)). */
@Component(property = {Driver.NAME + "=nhs_ser", Driver.VERSION + "=0.1", Driver.EXPERIMENTAL + "=true"})
public final class NhsSer implements Driver {
    @Override
    public Options options() {
        return Config.OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        Config config = Config.of(settings);
        SerialParameters parameters = SerialParameters.at(config.baud()).lines(true, true);
        return new NhsSession(links.open(ByteLink.class, settings.port(), parameters), config);
    }
}
