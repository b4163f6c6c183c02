package org.cobnut.drivers.upower;

import java.io.IOException;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.osgi.service.component.annotations.Component;

/** nut-upower: a UPS that UPower knows (nut-upower(8)). */
@Component(property = {Driver.NAME + "=nut-upower", Driver.VERSION + "=0.1"})
public final class NutUpower implements Driver {
    private static final String SYSTEM_BUS = "unix:path=/run/dbus/system_bus_socket";

    private static final Options OPTIONS = Options.of(
            Option.number("lowbatt", 0, "Percent of charge at which the battery is low; 0 leaves that to UPower"));

    private final String bus;

    public NutUpower() {
        this(SYSTEM_BUS);
    }

    /** @param bus the address of the bus on which UPower is */
    NutUpower(String bus) {
        this.bus = bus;
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        long low = settings.number("lowbatt");
        if (low < 0 || low > 100)
            throw new IllegalArgumentException("option 'lowbatt' is 0 to 100 percent, not " + low);
        UpowerDevice device = UpowerDevice.open(bus, settings.port(), links::wake);
        return new UpowerSession(device, (int) low);
    }
}
