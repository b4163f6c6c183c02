package org.cobnut.drivers.modbus;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.Mappings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** huawei-ups2000: Huawei's UPS2000 of 1 to 3 kVA (huawei-ups2000(8)). */
@Component(property = {Driver.NAME + "=huawei-ups2000", Driver.VERSION + "=0.1"})
public final class HuaweiUps2000 implements Driver {
    private static final Options OPTIONS = Options.of(
            Option.number("offdelay", 60, "Seconds from a shutdown command until the load goes off"),
            Option.number("rebootdelay", 60, "Seconds from a graceful reboot until the load goes off"),
            Option.number("ondelay", 60, "Seconds from switching off until the load comes back"));
    private static final Profile PROFILE = Profile.of("huawei-ups2000", 1)
            .lines(SerialParameters.at(9600).lines(false, false))
            .response(Duration.ofSeconds(2))
            .writingSeveral()
            .presets(Map.of(
                    "ups.delay.shutdown", "offdelay",
                    "ups.delay.reboot", "rebootdelay",
                    "ups.delay.start", "ondelay"));

    private final MappingSet<Address> mappings;

    @Activate
    public HuaweiUps2000(@Reference Mappings mappings) {
        this(mappings.open(ModbusKind.INSTANCE));
    }

    /** A driver without a runtime. */
    HuaweiUps2000() {
        this(ModbusKind.SHIPPED);
    }

    private HuaweiUps2000(MappingSet<Address> mappings) {
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
