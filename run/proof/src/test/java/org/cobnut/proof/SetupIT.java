package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.cobnut.testkit.usb.UsbBus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** nutctl setup, from a folder without a word to a UPS that is served. */
@Timeout(180)
class SetupIT {
    @Test
    void findsAUpsTriesItOutWritesAndServesIt() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        var house = new House(Path.of("src/test/resources/access"), Map.of());
        for (String file : List.of("ups.conf", "upsd.users", "nut.conf")) Files.delete(house.dir.resolve(file));
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n", Map.of());
        try (var bus = UsbBus.start()) {
            House.Ran nothing = house.run(UsbIT.onThe(bus, "nutctl", "setup"));
            assertThat(nothing.out()).as(nothing.errors()).contains("No device was found");
            assertThat(nothing.exit()).isEqualTo(1);
            bus.plug("1-4", UsbIT.ellipseWithStatus());

            House.Ran shown = house.run(UsbIT.onThe(bus, "nutctl", "setup", "--untried"));
            assertThat(shown.out())
                    .as(shown.errors())
                    .contains("[ups]\n\tdriver = usbhid-ups\n", "password = ********", "--yes writes it");
            assertThat(shown.exit()).isEqualTo(1);
            assertThat(house.dir.resolve("ups.conf")).doesNotExist();

            House.Ran written = house.run(UsbIT.onThe(bus, "nutctl", "setup", "--yes"));
            assertThat(written.out())
                    .as(written.errors())
                    .contains(
                            "[ups] answers: OL",
                            "ONBATT \"UPS ups@localhost:" + house.port + " on battery\"\n",
                            "would run: /sbin/shutdown -h +0",
                            "POWERDOWNFLAG /etc/killpower would be written",
                            "wrote " + house.dir.resolve("upsmon.conf"));
            assertThat(written.exit()).isZero();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(house.dir.resolve("upsd.users"))))
                    .isEqualTo("rw-r-----");
            assertThat(bus.claims())
                    .as("interfaces that the trial has left claimed")
                    .isZero();

            House.Ran check = house.run(CobnutServer.program("nutctl"), "config", "check");
            assertThat(check.out()).as(check.errors()).endsWith(": no errors\n");
            House.Ran again = house.run(UsbIT.onThe(bus, "nutctl", "setup", "--yes"));
            assertThat(again.out()).contains("is configured already, as [ups]", "Nothing is to be written.");
            assertThat(again.exit()).isZero();
            serves(house, bus);
        } finally {
            house.close();
        }
    }

    /** Without upsmon, whose shutdown would be a real one. */
    private static void serves(House house, UsbBus bus) throws IOException {
        Process server = house.start(UsbIT.onThe(bus, "cobnut", "run", "--no-upsmon"));
        try {
            house.await("GET VAR ups battery.charge", "VAR ups battery.charge \"77\"\n"::equals);
            String password = house.text("upsd.users").replaceAll("(?s).*\\[upsmon]\\s+password = (\\S+).*", "$1");
            try (var connection = new Connection(house.port)) {
                assertThat(connection.ask("USERNAME upsmon")).isEqualTo("OK\n");
                assertThat(connection.ask("PASSWORD " + password)).isEqualTo("OK\n");
                assertThat(connection.ask("LOGIN ups")).isEqualTo("OK\n");
            }
        } finally {
            server.destroy();
            House.end(server);
        }
    }
}
