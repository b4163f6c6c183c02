package org.cobnut.drivers.modbus;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
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

/** apc_modbus: Smart-UPSes of APC that speak Modbus over TCP or a serial line (apc_modbus(8)). */
@Component(property = {Driver.NAME + "=apc_modbus", Driver.VERSION + "=0.1"})
public final class ApcModbus implements Driver {
    private static final Options OPTIONS = Options.of(
            Option.choice("porttype", "What the port is; by its looks without it", "serial", "tcp", "usb"),
            Option.number("slaveid", 1, "Unit of the device"),
            Option.number("response_timeout_ms", 500, "Milliseconds that the device may take for a response"),
            Option.number("baudrate", 9600, "Bits a second of the serial line"),
            Option.text("parity", "Parity of the serial line: N, E or O; N without it"),
            Option.number("databits", 8, "Data bits of the serial line"),
            Option.number("stopbits", 1, "Stop bits of the serial line"));
    private static final Profile PROFILE = Profile.of("apc_modbus", 1).writingSeveral();

    private final MappingSet<Address> mappings;

    @Activate
    public ApcModbus(@Reference Mappings mappings) {
        this(mappings.open(ModbusKind.INSTANCE));
    }

    /** A driver without a runtime. */
    ApcModbus() {
        this(ModbusKind.SHIPPED);
    }

    private ApcModbus(MappingSet<Address> mappings) {
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
        SerialParameters line =
                ModbusOptions.line(PROFILE.lines().get(0), settings, "baudrate", "parity", "databits", "stopbits");
        ModbusParameters parameters = ModbusOptions.parameters(
                (int) settings.number("slaveid"), line, Duration.ofMillis(settings.number("response_timeout_ms")));
        String port = ModbusOptions.port(settings, settings.text("porttype"));
        return new SessionOpener(settings, links, PROFILE, port, List.of(parameters)).open(mappings);
    }
}
