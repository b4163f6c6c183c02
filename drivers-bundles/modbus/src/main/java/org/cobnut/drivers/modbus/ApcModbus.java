package org.cobnut.drivers.modbus;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.link.modbus.ModbusParameters;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.Mappings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * apc_modbus: Smart-UPSes of APC that speak Modbus over TCP, a serial line or USB (apc_modbus(8)). For a device on USB usbhid-ups
 * comes first, which needs nothing to be switched on.
 */
@Component(
        property = {
            Driver.NAME + "=apc_modbus",
            Driver.VERSION + "=0.1",
            Driver.USB + "=051d:0003",
            "service.ranking:Integer=-1"
        })
public final class ApcModbus implements Driver {
    private static final List<UsbDeviceId> DEVICES = List.of(UsbDeviceId.of(0x051d, 0x0003));
    private static final String USB = "usb:";
    private static final Options OPTIONS = options(
            Option.choice("porttype", "What the port is; by its looks without it", "serial", "tcp", "usb"),
            Option.number("slaveid", 1, "Unit of the device"),
            Option.number("response_timeout_ms", 500, "Milliseconds that the device may take for a response"),
            Option.number("baudrate", 9600, "Bits a second of the serial line"),
            Option.text("parity", "Parity of the serial line: N, E or O; N without it"),
            Option.number("databits", 8, "Data bits of the serial line"),
            Option.number("stopbits", 1, "Stop bits of the serial line"));

    private static Options options(Option... own) {
        var all = new ArrayList<>(List.of(own));
        all.addAll(UsbParameters.options());
        return new Options(all);
    }

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
        String port = settings.port();
        if (onUsb(settings)) {
            parameters = parameters.usb(UsbParameters.of(settings, DEVICES));
            if (!port.startsWith(USB)) port = USB + "auto";
        } else port = ModbusOptions.port(settings, settings.text("porttype"));
        return new SessionOpener(settings, links, PROFILE, port, List.of(parameters)).open(mappings);
    }

    private static boolean onUsb(Settings settings) {
        return settings.text("porttype")
                .map("usb"::equalsIgnoreCase)
                .orElse(settings.port().equalsIgnoreCase("auto")
                        || settings.port().startsWith(USB));
    }
}
