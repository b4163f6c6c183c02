package org.cobnut.drivers.megatec;

import java.io.IOException;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.osgi.service.component.annotations.Component;

/** nutdrv_qx: finds the dialect, or takes the one it is told (nutdrv_qx(8)). */
@Component(property = {Driver.NAME + "=nutdrv_qx", Driver.VERSION + "=0.1"})
public final class NutdrvQx implements Driver {
    private static final Options OPTIONS = MegatecOptions.qx();

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        var config = new Config(
                settings.ups(),
                settings.number("offdelay"),
                settings.number("ondelay"),
                true,
                settings.number("pollfreq"),
                settings.flag("novendor"),
                settings.flag("norating"),
                settings.flag("ignoresab"),
                settings.flag("stayoff"),
                settings.flag("battery_voltage_reports_one_pack"),
                Config.battery(settings),
                settings.values());
        return Opening.open(settings, links, config, Dialects.QX);
    }
}
