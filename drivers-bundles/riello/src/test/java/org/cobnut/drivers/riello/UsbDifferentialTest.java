package org.cobnut.drivers.riello;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.link.usb.libusb.UsbLinks;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.TestRequest;
import org.cobnut.testkit.usb.UsbBus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A unit on the emulated bus, read by Debian's riello_usb and by ours over libusb. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class UsbDifferentialTest {
    private static final Path PAGE = Path.of("../../docs/drivers/riello.md");
    private static final List<String> COMMANDS =
            List.of("load.off", "load.off.delay", "load.on", "load.on.delay", "shutdown.stop", "test.battery.start");

    private UsbBus bus;
    private UsbLinks links;

    @BeforeEach
    void start() throws IOException {
        bus = UsbBus.ofThisProcess();
        links = new UsbLinks();
    }

    @AfterEach
    void unplug() throws IOException {
        bus.unplugAll();
    }

    private Session open() throws IOException {
        Driver driver = new RielloUsb(Duration.ofMillis(400));
        Settings settings = Settings.of("u", "auto", driver.options(), Map.of());
        var parameters = UsbParameters.of(settings, List.of(org.cobnut.link.usb.UsbDeviceId.parse("04b4:5500")));
        UsbLink link = TestRequest.of(UsbLink.class, "auto", parameters).open(links);
        return driver.open(settings, new TestLinks(Path.of("")).with("auto", link));
    }

    @Test
    void differsFromTheCDriverOnlyAsDocumented() throws IOException {
        Assumptions.assumeTrue(DebianDriver.installed("riello_usb"), "Debian's NUT is not installed");
        var unit = new UsbUnit(new RielloUnit.Gpser(false));
        bus.plug("1-1", unit);
        DriverFacts theirs;
        List<String> theirOrders;
        try (var driver =
                DebianDriver.start(Files.createTempDirectory("riello"), bus.environment(), "riello_usb", "auto")) {
            theirs = driver.facts();
            unit.orders();
            for (String command : COMMANDS) driver.run(command, "");
            theirOrders = ordered(unit);
        }
        bus.unplugAll(); // a driver that is killed gives no interface back here
        bus.plug("1-1", unit);
        try (Session session = open()) {
            var report = new TestReport().poll(session);
            assertThat(theirs.differences(DriverFacts.of(report)))
                    .isEqualTo(DriverFacts.documented(PAGE, "GPSER on USB"));
            unit.orders();
            for (String command : COMMANDS) assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
            assertThat(ordered(unit)).isEqualTo(theirOrders);
        }
        assertThat(unit.reports()).as("what the chip is told of the line").hasSize(2);
        assertThat(unit.reports().get(0)).isEqualTo(unit.reports().get(1));
    }

    @Test
    void takesHalfAnAnswerForNoneAndGoesOn() throws IOException {
        var unit = new UsbUnit(new RielloUnit.Gpser(true));
        bus.plug("1-1", unit);
        try (Session session = open()) {
            var report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL", "CHRG");
            unit.halved = true;
            assertThatIOException().isThrownBy(() -> report.poll(session));
            unit.halved = false;
            assertThat(report.poll(session).status()).containsExactly("OL", "CHRG");
        }
    }

    private static List<String> ordered(UsbUnit unit) {
        return unit.orders().stream()
                .filter(order -> "CT".indexOf(order.charAt(0)) >= 0)
                .toList();
    }
}
