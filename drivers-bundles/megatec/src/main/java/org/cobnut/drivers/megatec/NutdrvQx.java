package org.cobnut.drivers.megatec;

import java.io.IOException;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.Mappings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** nutdrv_qx: finds the dialect, or takes the one it is told (nutdrv_qx(8)). */
@Component(property = {Driver.NAME + "=nutdrv_qx", Driver.VERSION + "=0.1"})
public final class NutdrvQx implements Driver {
    private static final Options OPTIONS = MegatecOptions.qx();

    private final MappingSet<Address> mappings;

    @Activate
    public NutdrvQx(@Reference Mappings mappings) {
        this(mappings.open(MegatecKind.INSTANCE));
    }

    /** A driver without a runtime. */
    NutdrvQx() {
        this(Dialects.SHIPPED);
    }

    private NutdrvQx(MappingSet<Address> mappings) {
        this.mappings = mappings;
    }

    @Deactivate
    void stop() {
        mappings.close();
    }

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
        return SessionOpener.open(settings, links, config, mappings, Dialects::qx);
    }
}
