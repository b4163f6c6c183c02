package org.cobnut.drivers.industrial;

import java.io.IOException;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.osgi.service.component.annotations.Component;

/** nutdrv_siemens-sitop: {@link Sitop} by the name that NUT 2.8.0 to 2.8.2 gave it. */
@Component(property = {Driver.NAME + "=nutdrv_siemens-sitop", Driver.VERSION + "=0.06"})
public final class SitopOldName implements Driver {
    private final Driver driver = new Sitop();

    @Override
    public Options options() {
        return driver.options();
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        return driver.open(settings, links);
    }
}
