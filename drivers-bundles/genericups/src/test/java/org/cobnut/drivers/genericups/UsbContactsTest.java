package org.cobnut.drivers.genericups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.usb.UsbDeviceId;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The two chips on the emulated bus, read by Debian's drivers and by ours over libusb. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class UsbContactsTest {
    private static final Path PAGE = Path.of("../../docs/drivers/usb-contacts.md");

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

    private static Driver driver(boolean richcomm) {
        return richcomm ? new RichcommUsb() : new AtclUsb();
    }

    private Session open(boolean richcomm) throws IOException {
        Driver driver = driver(richcomm);
        Settings settings = Settings.of("u", "auto", driver.options(), Map.of());
        var parameters = UsbParameters.of(settings, List.of(UsbDeviceId.parse(richcomm ? "0925:1234" : "0001:0000")));
        UsbLink link = TestRequest.of(UsbLink.class, "auto", parameters).open(links);
        return driver.open(settings, new TestLinks(Path.of("")).with("auto", link));
    }

    @ParameterizedTest
    @ValueSource(strings = {"richcomm_usb", "nutdrv_atcl_usb"})
    void differsFromTheCDriverOnlyAsDocumented(String name) throws IOException {
        Assumptions.assumeTrue(DebianDriver.installed(name), "Debian's NUT is not installed");
        boolean richcomm = name.equals("richcomm_usb");
        var chip = new UsbChip(richcomm, richcomm ? "00000006" : "0300000000000000");
        bus.plug("1-1", chip);
        DriverFacts theirs;
        try (var debian = DebianDriver.start(Files.createTempDirectory("contacts"), bus.environment(), name, "auto")) {
            theirs = debian.facts();
        }
        replug(chip);
        try (Session session = open(richcomm)) {
            assertThat(theirs.differences(DriverFacts.of(new TestReport().poll(session))))
                    .isEqualTo(DriverFacts.documented(PAGE, name));
        }
    }

    /** A driver that is killed gives no interface back here. */
    private void replug(UsbChip chip) throws IOException {
        bus.unplugAll();
        bus.plug("1-1", chip);
    }

    @ParameterizedTest
    @CsvSource({
        "true, 00000006, OL",
        "true, 00000002, OB",
        "true, 00000000, OB LB",
        "true, 000000000000, OB LB",
        "false, 0300000000000000, OL",
        "false, 0100000000000000, OB",
        "false, 0200000000000000, OB LB",
    })
    void tellsEachState(boolean richcomm, String state, String words) throws IOException {
        bus.plug("1-1", new UsbChip(richcomm, state));
        try (Session session = open(richcomm)) {
            assertThat(new TestReport().poll(session).status()).containsExactlyInAnyOrder(words.split(" "));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, 0000, the chip answered 2 bytes and not four",
        "false, 0900000000000000, 'the chip answered 09 00 00 00 00 00 00 00, which is no state'"
    })
    void takesNothingThatIsNoState(boolean richcomm, String state, String says) throws IOException {
        var chip = new UsbChip(richcomm, state);
        bus.plug("1-1", chip);
        try (Session session = open(richcomm)) {
            assertThatIOException()
                    .isThrownBy(() -> new TestReport().poll(session))
                    .withMessage(says);
            chip.state = HexFormat.of().parseHex(richcomm ? "00000006" : "0300000000000000");
            assertThat(new TestReport().poll(session).status()).containsExactly("OL");
        }
    }

    @Test
    void switchesOffAsTheCDriversDo() throws IOException {
        for (boolean richcomm : new boolean[] {true, false}) {
            String name = richcomm ? "richcomm_usb" : "nutdrv_atcl_usb";
            var chip = new UsbChip(richcomm, richcomm ? "00000002" : "0100000000000000");
            bus.plug("1-1", chip);
            List<String> theirs = richcomm ? List.of("02000000", "02010000") : List.of("0100000000000000");
            if (Boolean.getBoolean("cobnut.long") && DebianDriver.installed(name)) {
                DebianDriver.killpower(Files.createTempDirectory("contacts"), bus.environment(), name, "auto");
                assertThat(chip.written().stream().distinct().toList()).isEqualTo(theirs);
                replug(chip);
            }
            try (Session session = open(richcomm)) {
                assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
                assertThat(chip.written()).isEqualTo(theirs);
                assertThat(session.run("load.on", "")).isEqualTo(Outcome.unknown());
            }
            bus.unplugAll();
        }
    }
}
