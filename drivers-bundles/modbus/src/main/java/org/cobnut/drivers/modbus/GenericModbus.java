package org.cobnut.drivers.modbus;

import java.io.IOException;
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
import org.osgi.service.component.annotations.Component;

/** generic_modbus: contacts of any UPS behind a remote input and output module; options say where each is (generic_modbus(8)). */
@Component(property = {Driver.NAME + "=generic_modbus", Driver.VERSION + "=0.1"})
public final class GenericModbus implements Driver {
    private static final Profile PROFILE = Profile.of("generic_modbus", 5);
    private static final Options OPTIONS = declared();

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        SerialParameters line = ModbusOptions.line(
                PROFILE.lines().get(0), settings, "ser_baud_rate", "ser_parity", "ser_data_bit", "ser_stop_bit");
        ModbusParameters parameters = ModbusOptions.parameters(
                ModbusOptions.number(settings, "rio_slave_id").orElse(PROFILE.unit()), line, PROFILE.response());
        var contacts = Contacts.of(settings);
        String port = ModbusOptions.port(settings, Optional.empty());
        var opener = new SessionOpener(settings, links, PROFILE, port, List.of(parameters));
        return new ContactSession(contacts, opener.open(contacts.rows(), PROFILE.mapping()));
    }

    private static Options declared() {
        var options = new ArrayList<>(ModbusOptions.LINE);
        options.add(Option.text("device_mfr", "Maker to show; UNKNOWN without it"));
        options.add(Option.text("device_model", "Model to show; unknown without it"));
        options.add(Option.text("rio_slave_id", "Unit of the module; 5 without it"));
        for (Contacts.Signal signal : Contacts.Signal.values()) {
            options.add(Option.text(signal + "_addr", "Register of " + signal.meaning()));
            options.add(Option.text(
                    signal + "_regtype",
                    "Table of that register: 0 coil, 1 discrete input, 2 input register, 3 holding register; "
                            + signal.usual().code() + " without it"));
            options.add(Option.text(signal + "_noro", "1 when an open contact means yes; 0 without it"));
        }
        options.add(Option.text("FSD_pulse_duration", "Milliseconds after which the shutdown contact is let go again"));
        return new Options(options);
    }
}
