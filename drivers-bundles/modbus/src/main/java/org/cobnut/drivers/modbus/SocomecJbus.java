package org.cobnut.drivers.modbus;

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

/** socomec_jbus: UPSes of Socomec that speak JBUS (socomec_jbus(8)). */
@Component(property = {Driver.NAME + "=socomec_jbus", Driver.VERSION + "=0.1"})
public final class SocomecJbus implements Driver {
    private static final Options OPTIONS = Options.of();
    private static final Profile PROFILE = Profile.of("socomec_jbus", 1);

    private final MappingSet<Address> mappings;

    @Activate
    public SocomecJbus(@Reference Mappings mappings) {
        this(mappings.open(ModbusKind.INSTANCE));
    }

    /** A driver without a runtime. */
    SocomecJbus() {
        this(ModbusKind.SHIPPED);
    }

    private SocomecJbus(MappingSet<Address> mappings) {
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
        return SessionOpener.open(settings, links, PROFILE, mappings);
    }
}
