package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cobnut.link.usb.ReportType;
import org.cobnut.testkit.usb.FakeHidDevice;
import org.cobnut.testkit.usb.UsbBus;
import org.junit.jupiter.api.Test;

/** The distribution and a UPS on USB that comes, goes and comes again, with no hardware. */
class UsbIT {
    /** Charge and run time of a UPS in report 6. */
    private static final String DESCRIPTOR = """
        05 84 09 04 a1 01 09 24 a1 02 85 06 05 85 75 08 95 01 15 00 26 ff 00
        09 66 b1 02 75 20 09 68 b1 02 c0 c0
        """;

    private static final String CHARGED = "VAR myups battery.charge \"77\"\n";

    @Test
    void servesAUpsFromTheMomentItIsPluggedInAndFindsIt() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        var house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\nMAXAGE 3\n", Map.of());
        house.write(
                "ups.conf",
                "pollinterval = 1\n[myups]\ndriver = usbhid-ups\nport = auto\nrecord = usb.txt\n",
                Map.of());
        try (var bus = UsbBus.start()) {
            Process server = house.start(onThe(bus, "cobnut", "run"));
            try {
                House.waitFor(() -> house.said().contains("no device on USB fits"), house::said);
                assertThat(house.ask("GET VAR myups battery.charge")).isEqualTo("ERR DRIVER-NOT-CONNECTED\n");
                bus.plug("1-4", ellipse());
                house.await("GET VAR myups battery.charge", CHARGED::equals);
                findsIt(house, bus);
                bus.unplug("1-4");
                house.await("GET VAR myups battery.charge", answer -> answer.startsWith("ERR D"));
                bus.plug("1-2", ellipse());
                house.await("GET VAR myups battery.charge", CHARGED::equals);
                assertThat(house.ask("GET VAR myups device.serial")).contains("AB1234");
                House.waitFor(() -> house.text("usb.txt").contains("> get feature 06"), () -> house.text("usb.txt"));
            } finally {
                server.destroy();
                House.end(server);
            }
            assertThat(bus.claims()).as("interfaces that stay claimed").isZero();
        } finally {
            house.close();
        }
    }

    private static void findsIt(House house, UsbBus bus) throws IOException {
        House.Ran scanner = house.run(onThe(bus, "nut-scanner", "-q", "-U", "-P"));
        assertThat(scanner.out())
                .as(scanner.errors())
                .isEqualTo("USB:driver=\"usbhid-ups\",port=\"auto\",vendorid=\"0463\",productid=\"FFFF\","
                        + "product=\"Ellipse\",serial=\"AB1234\",vendor=\"EATON\"\n");
        House.Ran nutctl = house.run(CobnutServer.program("nutctl"), "scan", "usb");
        assertThat(nutctl.out())
                .as(nutctl.errors())
                .contains(
                        "# auto: 0463:ffff EATON Ellipse at 1-4, serial AB1234", "driver = \"usbhid-ups\"", "1 found");
        House.Ran udev = house.run(CobnutServer.program("nutctl"), "udev");
        assertThat(udev.out()).as(udev.errors()).contains("ATTR{idVendor}==\"0463\", ATTR{idProduct}==\"ffff\"");
    }

    private static FakeHidDevice ellipse() {
        var ups = new FakeHidDevice(0x0463, 0xffff, FakeHidDevice.hex(DESCRIPTOR));
        ups.strings("EATON", "Ellipse", "AB1234");
        return ups.report(ReportType.FEATURE, 6, 6, 77, 0x10, 0x0e, 0, 0);
    }

    private static String[] onThe(UsbBus bus, String program, String... words) {
        var command = new ArrayList<>(List.of("env"));
        bus.environment().forEach((name, value) -> command.add(name + "=" + value));
        command.add(CobnutServer.program(program));
        command.addAll(List.of(words));
        return command.toArray(String[]::new);
    }
}
