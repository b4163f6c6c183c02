package org.cobnut.drivers.modbus;

import java.io.IOException;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
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

/** must_ep2000pro: the inverter EP2000 Pro of MUST (must_ep2000pro(8)). */
@Component(property = {Driver.NAME + "=must_ep2000pro", Driver.VERSION + "=0.1"})
public final class MustEp2000Pro implements Driver {
    private static final Options OPTIONS =
            Options.of(Option.number("lowbatt", 15, "Percent of charge at which the battery is low, 1 to 99"));
    private static final Profile PROFILE =
            Profile.of("must_ep2000pro", 10).presets(Map.of("battery.charge.low", "lowbatt"));

    private final MappingSet<Address> mappings;

    @Activate
    public MustEp2000Pro(@Reference Mappings mappings) {
        this(mappings.open(ModbusKind.INSTANCE));
    }

    /** A driver without a runtime. */
    MustEp2000Pro() {
        this(ModbusKind.SHIPPED);
    }

    private MustEp2000Pro(MappingSet<Address> mappings) {
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
        long low = settings.number("lowbatt");
        if (low < 1 || low > 99) throw new IllegalArgumentException("option 'lowbatt' is 1 to 99, not " + low);
        return SessionOpener.open(settings, links, PROFILE, mappings);
    }
}
