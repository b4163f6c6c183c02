package org.cobnut.drivers.modbus;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.link.modbus.ModbusParameters;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.Mappings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** adelsystem_cbi: DC-UPSes CB and CBI of Adelsystem (adelsystem_cbi(8)). */
@Component(property = {Driver.NAME + "=adelsystem_cbi", Driver.VERSION + "=0.1"})
public final class AdelsystemCbi implements Driver {
    private static final Options OPTIONS = declared();
    private static final Profile PROFILE = Profile.of("adelsystem_cbi", 5).response(Duration.ofMillis(200));

    private final MappingSet<Address> mappings;

    @Activate
    public AdelsystemCbi(@Reference Mappings mappings) {
        this(mappings.open(ModbusKind.INSTANCE));
    }

    /** A driver without a runtime. */
    AdelsystemCbi() {
        this(ModbusKind.SHIPPED);
    }

    private AdelsystemCbi(MappingSet<Address> mappings) {
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
        SerialParameters line = ModbusOptions.line(
                PROFILE.lines().get(0), settings, "ser_baud_rate", "ser_parity", "ser_data_bit", "ser_stop_bit");
        ModbusParameters parameters = ModbusOptions.parameters(
                ModbusOptions.number(settings, "dev_slave_id").orElse(PROFILE.unit()),
                line,
                ModbusOptions.response(settings, PROFILE.response(), "mod_resp_to_s", "mod_resp_to_us"));
        String port = ModbusOptions.port(settings, Optional.empty());
        return new SessionOpener(settings, links, PROFILE, port, List.of(parameters)).open(mappings);
    }

    private static Options declared() {
        var options = new ArrayList<>(ModbusOptions.LINE);
        options.add(Option.text("dev_slave_id", "Unit of the device; 5 without it"));
        options.add(Option.text("mod_resp_to_s", "Seconds that the device may take for a response; 0 without it"));
        options.add(Option.text("mod_resp_to_us", "Microseconds beside them; 200000 without it"));
        options.add(Option.text("mod_byte_to_s", "Taken for the sake of old files; changes nothing"));
        options.add(Option.text("mod_byte_to_us", "Taken for the sake of old files; changes nothing"));
        return new Options(options);
    }
}
