package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.cobnut.testkit.usb.FakeHidDevice;
import org.cobnut.testkit.usb.UsbBus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several sections with {@code port = auto} and nothing else get a UPS each, all plugged in at once, in one process and in
 * processes of their own.
 */
class UsbSectionsIT {
    private static final int SECTIONS = 3;

    @ParameterizedTest
    @ValueSource(strings = {"thread", "process"})
    void givesEachSectionAUpsOfItsOwn(String isolation) throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        assumeThat(isolation.equals("thread") || Boolean.getBoolean("cobnut.long"))
                .as("a Java for each UPS takes long to start")
                .isTrue();
        var house = new House(Path.of("src/test/resources/access"), Map.of());
        var sections = new StringBuilder("pollinterval = 1\n");
        for (int i = 0; i < SECTIONS; i++) sections.append("[ups%d]\ndriver = usbhid-ups\nport = auto\n".formatted(i));
        house.write("ups.conf", sections.toString(), Map.of());
        try (var bus = UsbBus.start()) {
            var command = new ArrayList<>(List.of("env", "COBNUT_USB_ISOLATION=" + isolation));
            command.addAll(List.of(UsbIT.onThe(bus, "cobnut", "run")));
            Process server = house.start(command.toArray(String[]::new));
            try {
                for (int i = 0; i < SECTIONS; i++)
                    house.await("GET VAR ups" + i + " device.serial", answer -> answer.startsWith("ERR DRIVER"));
                for (int i = 0; i < SECTIONS; i++) bus.plug("1-" + (i + 1), named("S" + i));
                var serials = new TreeSet<String>();
                for (int i = 0; i < SECTIONS; i++) {
                    String question = "GET VAR ups" + i + " device.serial";
                    Predicate<String> told = answer -> answer.startsWith("VAR ");
                    house.await(question, told);
                    serials.add(house.ask(question).replaceAll(".*\"(.*)\"\n", "$1"));
                }
                assertThat(serials).containsExactly("S0", "S1", "S2");
            } finally {
                server.destroy();
                House.end(server);
            }
            assertThat(bus.claims()).isZero();
        } finally {
            house.close();
        }
    }

    private static FakeHidDevice named(String serial) {
        FakeHidDevice ups = UsbIT.ellipseWithStatus();
        ups.strings("EATON", "Ellipse", serial);
        return ups;
    }
}
