package org.cobnut.drivers.megatec;

import java.io.IOException;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.link.Links;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.Mappings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** blazer_ser, the older driver: four dialects, minutes where nutdrv_qx has seconds (blazer_ser(8)). */
@Component(property = {Driver.NAME + "=blazer_ser", Driver.VERSION + "=0.2"})
public final class BlazerSer implements Driver {
    private static final Options OPTIONS = MegatecOptions.blazerSer();

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
        return SessionOpener.open(
                settings, links, LineOpener::serial, BlazerConfig.of(settings), mappings, Dialects::blazer);
    }
}
