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

/** blazer_ser, the older driver: four dialects, minutes where nutdrv_qx has seconds (blazer_ser(8)). */
@Component(property = {Driver.NAME + "=blazer_ser", Driver.VERSION + "=0.1"})
public final class BlazerSer implements Driver {
    private static final Options OPTIONS = MegatecOptions.blazer();

    /** It asks everything at every poll; what never changes is still asked once. */
    private static final long POLLFREQ = 0;

    /** Minutes that no UPS takes; more of them are no other fault. */
    private static final long FOREVER = 1_000_000;

    private final MappingSet<Address> mappings;

    @Activate
    public BlazerSer(@Reference Mappings mappings) {
        this(mappings.open(MegatecKind.INSTANCE));
    }

    /** A driver without a runtime. */
    BlazerSer() {
        this(Dialects.SHIPPED);
    }

    private BlazerSer(MappingSet<Address> mappings) {
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
                Math.min(settings.number("ondelay"), FOREVER) * 60,
                false,
                POLLFREQ,
                settings.flag("novendor"),
                settings.flag("norating"),
                false,
                false,
                true,
                Config.battery(settings),
                settings.values());
        return SessionOpener.open(settings, links, config, mappings, Dialects::blazer);
    }
}
