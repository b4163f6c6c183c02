package org.cobnut.drivers.tripplite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.link.usb.libusb.UsbLinks;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.TestRequest;
import org.cobnut.testkit.usb.UsbBus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Units on the emulated bus, read by Debian's tripplite_usb and by ours over libusb; in the long form one of each protocol that
 * 2.8.0 knows.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class UsbDifferentialTest {
    private static final Path PAGE = Path.of("../../docs/drivers/tripplite.md");
    private static final List<String> COMMANDS =
            List.of("test.battery.start", "reset.input.minmax", "load.off", "load.on", "shutdown.return");

    private UsbBus bus;

    @AfterEach
    void unplug() throws IOException {
        bus.unplugAll();
    }

    private static Stream<UsbProtocol> protocols() {
        return Boolean.getBoolean("cobnut.long")
                ? EnumSet.complementOf(EnumSet.of(UsbProtocol.SMX)).stream()
                : Stream.of(UsbProtocol.SMARTPRO);
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void differsFromTheCDriverOnlyAsDocumented(UsbProtocol protocol) throws IOException {
        Assumptions.assumeTrue(DebianDriver.installed("tripplite_usb"), "Debian's NUT is not installed");
        bus = UsbBus.ofThisProcess();
        String letters = protocol.binary() ? "NGAZJ" : "NKGAZJ"; // NUT cuts a binary K off at its first 0
        var unit = UsbUnit.of(protocol);
        bus.plug("1-1", unit);
        DriverFacts theirs;
        List<String> theirOrders;
        try (var driver =
                DebianDriver.start(Files.createTempDirectory("tripp"), bus.environment(), "tripplite_usb", "auto")) {
            theirs = driver.facts();
            unit.orders("");
            for (String command : COMMANDS) driver.run(command, "");
            driver.set("outlet.1.switch", "0");
            driver.set("ups.id", "4660");
            theirOrders = unit.orders(letters);
        }
        bus.unplugAll(); // a driver that is killed gives no interface back here
        bus.plug("1-1", unit);
        try (Session session = open()) {
            var report = new TestReport().poll(session);
            var differences = new TreeSet<>(theirs.differences(DriverFacts.of(report)));
            differences.removeIf(difference -> difference.startsWith("ups.debug."));
            assertThat(differences).isEqualTo(DriverFacts.documented(PAGE, protocol.toString()));
            unit.orders("");
            for (String command : COMMANDS) session.run(command, "");
            session.set("outlet.1.switch", "0");
            session.set("ups.id", "4660");
            assertThat(unit.orders(letters)).isEqualTo(theirOrders);
        }
    }

    private static Session open() throws IOException {
        Settings settings = Settings.of("u", "auto", TrippLiteUsbTest.DRIVER.options(), Map.of());
        var parameters = UsbParameters.of(settings, List.of(UsbDeviceId.parse("09ae:0001")));
        UsbLink link = TestRequest.of(UsbLink.class, "auto", parameters).open(new UsbLinks());
        return TrippLiteUsbTest.DRIVER.open(settings, new TestLinks(Path.of("")).with("auto", link));
    }
}
