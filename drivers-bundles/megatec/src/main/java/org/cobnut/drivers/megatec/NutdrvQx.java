package org.cobnut.drivers.megatec;

import java.io.IOException;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.drivers.megatec.dialect.Config;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.link.Links;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.Mappings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** nutdrv_qx: finds the dialect, or takes the one it is told (nutdrv_qx(8)). */
@Component(
        property = {
            Driver.NAME + "=nutdrv_qx",
            Driver.VERSION + "=0.2",
            Driver.USB + "=05b8:0000",
            Driver.USB + "=ffff:0000",
            Driver.USB + "=1cb0:0035",
            Driver.USB + "=0665:5161",
            Driver.USB + "=06da:0002;vendor=Phoenixtec.Power;product=USB.Cable..V2.00.",
            Driver.USB + "=06da:0002",
            Driver.USB + "=06da:0003",
            Driver.USB + "=06da:0004",
            Driver.USB + "=06da:0005",
            Driver.USB + "=06da:0201",
            Driver.USB + "=06da:0601",
            Driver.USB + "=0f03:0001",
            Driver.USB + "=14f0:00c9",
            Driver.USB + "=0483:0035",
            Driver.USB + "=0590:00b7",
            Driver.USB + "=0001:0000;vendor=MEC;product=MEC0003",
            Driver.USB + "=0001:0000;product=MEC0003",
            Driver.USB + "=0001:0000;vendor=ATCL.FOR.UPS;product=ATCL.FOR.UPS",
            Driver.USB + "=0001:0000",
            Driver.USB + "=0925:1234"
        })
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
        return SessionOpener.open(settings, links, LineOpener::either, config(settings), mappings, Dialects::qx);
    }

    /** What a section says to this driver. */
    static Config config(Settings settings) {
        return new Config(
                settings.ups(),
                Config.delay(settings, "offdelay"),
                Config.delay(settings, "ondelay"),
                true,
                settings.number("pollfreq"),
                Config.leftOut(settings),
                settings.flag("ignoresab"),
                settings.flag("stayoff"),
                settings.flag("battery_voltage_reports_one_pack"),
                Config.battery(settings),
                settings.values());
    }
}
