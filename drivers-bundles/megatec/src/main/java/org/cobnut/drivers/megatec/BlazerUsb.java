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

/** blazer_usb: the dialects of blazer_ser over the four oldest chips (blazer_usb(8)). */
@Component(
        property = {
            Driver.NAME + "=blazer_usb",
            Driver.VERSION + "=0.2",
            Driver.USB + "=05b8:0000",
            Driver.USB + "=0001:0000",
            Driver.USB + "=ffff:0000",
            Driver.USB + "=0665:5161",
            Driver.USB + "=06da:0002",
            Driver.USB + "=06da:0003",
            Driver.USB + "=06da:0004",
            Driver.USB + "=06da:0005",
            Driver.USB + "=06da:0201",
            Driver.USB + "=06da:0601",
            Driver.USB + "=0f03:0001",
            Driver.USB + "=14f0:00c9",
            "service.ranking:Integer=-10"
        })
public final class BlazerUsb implements Driver {
    private static final Options OPTIONS = MegatecOptions.blazerUsb();

    private final MappingSet<Address> mappings;

    @Activate
    public BlazerUsb(@Reference Mappings mappings) {
        this(mappings.open(MegatecKind.INSTANCE));
    }

    /** A driver without a runtime. */
    BlazerUsb() {
        this(Dialects.SHIPPED);
    }

    private BlazerUsb(MappingSet<Address> mappings) {
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
                settings, links, LineOpener::blazer, BlazerConfig.of(settings), mappings, Dialects::blazer);
    }
}
