package org.cobnut.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.modbus.ModbusLink;
import org.cobnut.link.modbus.ModbusParameters;
import org.cobnut.link.modbus.internal.UsbModbusLinks;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.TestRequest;
import org.cobnut.testkit.modbus.ModbusSlave;
import org.cobnut.testkit.modbus.ModbusUsbDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Smart-UPS on USB: the same registers as on a line, in HID reports. */
class ApcModbusUsbTest {
    private final ModbusSlave slave = Devices.APC.slave();
    private final ModbusUsbDevice device = new ModbusUsbDevice(slave, 1);
    private final AtomicReference<LinkParameters> asked = new AtomicReference<>();

    private Session open(String port, Map<String, String> options, String linkPort) throws IOException {
        var driver = new ApcModbus();
        var provider = new UsbModbusLinks(request -> device.link());
        var links = new TestLinks(Path.of("")).opening(linkPort, parameters -> {
            asked.set(parameters);
            try {
                return TestRequest.of(ModbusLink.class, linkPort, parameters).open(provider);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return driver.open(Settings.of("u", port, driver.options(), options), links);
    }

    @Test
    void tellsWhatItTellsOnALine() throws IOException {
        try (Session session = open("auto", Map.of("porttype", "usb"), "usb:auto")) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.values()).isEqualTo(new Bench(Devices.APC).poll().values());
            assertThat(report.status()).contains("OL");
            assertThat(session.run("load.off", "")).isEqualTo(Outcome.handled());
            assertThat(session.set("ups.id", "sixteen letters.")).isEqualTo(Outcome.handled());
            assertThat(slave.writes()).hasSize(2).startsWith("holding 1538 = 0 260");
        }
    }

    @ParameterizedTest
    @CsvSource({"auto, '', usb:auto", "AUTO, '', usb:auto", "usb:1-1.4, '', usb:1-1.4", "/dev/x, usb, usb:auto"})
    void goesToUsbWhereTheSectionSaysSo(String port, String type, String linkPort) throws IOException {
        Map<String, String> options = type.isEmpty() ? Map.of() : Map.of("porttype", type);
        open(port, options, linkPort).close();
    }

    @Test
    void wantsTheDeviceThatTheSectionNames() throws IOException {
        open("auto", Map.of("serial", "AS.*"), "usb:auto").close();
        var usb = ((ModbusParameters) asked.get()).usb().orElseThrow();
        assertThat(usb.matches(identity(0x0003, "AS1"))).isTrue();
        assertThat(usb.matches(identity(0x0003, "BS1"))).isFalse();
        assertThat(usb.matches(identity(0x0002, "AS1"))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> open("auto", Map.of("porttype", "serial"), "usb:auto"));
    }

    private static UsbIdentity identity(int product, String serial) {
        return UsbIdentity.of(0x051d, product, 0x100)
                .withStrings("APC", "Smart-UPS", serial)
                .withPlace(1, 2, "1");
    }
}
