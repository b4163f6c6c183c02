package org.cobnut.drivers.modbus;

import java.io.IOException;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.link.SerialParameters.Parity;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.Mappings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** phoenixcontact_modbus: DC-UPSes QUINT, QUINT4 and TRIO of Phoenix Contact (phoenixcontact_modbus(8)). */
@Component(property = {Driver.NAME + "=phoenixcontact_modbus", Driver.VERSION + "=0.1"})
public final class PhoenixContactModbus implements Driver {
    private static final Options OPTIONS = Options.of();
    private static final Profile PROFILE = Profile.of("phoenixcontact_modbus", 192)
            .lines(
                    SerialParameters.at(115_200).frame(8, Parity.EVEN, 1),
                    SerialParameters.at(19_200).frame(8, Parity.EVEN, 1));

    private final MappingSet<Address> mappings;

    @Activate
    public PhoenixContactModbus(@Reference Mappings mappings) {
        this(mappings.open(ModbusKind.INSTANCE));
    }

    /** A driver without a runtime. */
    PhoenixContactModbus() {
        this(ModbusKind.SHIPPED);
    }

    private PhoenixContactModbus(MappingSet<Address> mappings) {
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
