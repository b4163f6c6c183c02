package org.cobnut.drivers.tripplite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.cobnut.driver.Due;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TrippLiteUsbTest {
    static final TrippLiteUsb DRIVER = new TrippLiteUsb(Duration.ofMillis(1), Duration.ofMillis(1));

    private static Session open(UsbUnit unit, Map<String, String> options) throws IOException {
        return DRIVER.open(
                Settings.of("u", "auto", DRIVER.options(), options),
                new TestLinks(Path.of("")).with("auto", unit.link()));
    }

    private static TestReport poll(UsbUnit unit) throws IOException {
        try (Session session = open(unit, Map.of())) {
            return new TestReport().poll(session);
        }
    }

    /** The answers of an SMX1500XLRT2U, as its owner published them; L and P by the values. */
    @Test
    void readsTheRecordingOfASmartProUnit() throws IOException {
        var unit = new UsbUnit(0x3003)
                .bytes('S', "313430005a31")
                .bytes('V', "323036335858")
                .bytes('D', "38363837")
                .bytes('M', "30303843")
                .bytes('T', "373231463430")
                .text('L', "240D_X")
                .text('P', "01500X")
                .bytes('F', "313039310041")
                .bytes('U', "ffff");
        TestReport report = poll(unit);
        assertThat(report.status()).containsExactly("OL");
        assertThat(report.values())
                .containsEntry("battery.voltage", "40.50")
                .containsEntry("battery.voltage.nominal", "36")
                .containsEntry("input.frequency", "50.0")
                .containsEntry("input.frequency.nominal", "50")
                .containsEntry("input.voltage", "256")
                .containsEntry("input.voltage.nominal", "230")
                .containsEntry("outlet.3.switch", "1")
                .containsEntry("outlet.3.switchable", "1")
                .containsEntry("outlet.4.switchable", "0")
                .doesNotContainKeys("outlet.4.switch", "outlet.5.id", "battery.test.status")
                .containsEntry("ups.firmware", "F1091.A")
                .containsEntry("ups.firmware.aux", "protocol 3003")
                .containsEntry("ups.id", "65535")
                .containsEntry("ups.load", "36")
                .containsEntry("ups.temperature", "20.5");
        assertThat(report.commands()).contains("load.off", "load.on");
    }

    /** The answers of an SMART500RT1U, on line and without mains. */
    @Test
    void readsTheRecordingOfABinaryUnit() throws IOException {
        var unit = new UsbUnit(0x3005)
                .bytes('S', "010000006400")
                .bytes('V', "02000c015858")
                .bytes('D', "007b008b")
                .bytes('M', "0074007e")
                .bytes('T', "210002570158")
                .bytes('L', "070000075858")
                .bytes('P', "303035303058")
                .text('F', "334401")
                .bytes('U', "0000");
        try (Session session = open(unit, Map.of())) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("battery.test.status", "Battery OK")
                    .containsEntry("battery.voltage", "13.90")
                    .containsEntry("battery.voltage.nominal", "12")
                    .containsEntry("input.frequency", "59.9")
                    .containsEntry("input.frequency.nominal", "60")
                    .containsEntry("input.voltage", "123")
                    .containsEntry("input.voltage.minimum", "116")
                    .containsEntry("input.voltage.maximum", "126")
                    .containsEntry("input.voltage.nominal", "120")
                    .containsEntry("outlet.1.switchable", "1")
                    .containsEntry("outlet.2.switchable", "0")
                    .containsEntry("ups.firmware", "F334401")
                    .containsEntry("ups.load", "7")
                    .containsEntry("ups.power.nominal", "500")
                    .containsEntry("ups.temperature", "33");
            unit.bytes('S', "010400013900").bytes('D', "0000007a");
            assertThat(report.poll(session).status()).containsExactly("OB");
            assertThat(report.values()).containsEntry("input.voltage", "0").containsEntry("battery.voltage", "12.20");
        }
    }

    /** The answers of an SMX1200XLHG of 230 V. */
    @Test
    void readsTheRecordingOfAnSmxUnit() throws IOException {
        var unit = new UsbUnit(0x3017)
                .bytes('S', "313030005030")
                .text('V', "2060XX")
                .text('D', "7B86")
                .text('M', "0081")
                .text('T', "A41F50")
                .bytes('L', "303230440758")
                .text('P', "01000X")
                .text('F', "1205 A")
                .bytes('U', "ffff");
        TestReport report = poll(unit);
        assertThat(report.status()).containsExactly("OL");
        assertThat(report.values())
                .containsEntry("battery.voltage", "40.20")
                .containsEntry("input.frequency", "50.1")
                .containsEntry("input.frequency.nominal", "50")
                .containsEntry("input.voltage", "235")
                .containsEntry("ups.load", "2")
                .containsEntry("ups.temperature", "38.6");
        assertThat(report.commands()).doesNotContain("load.off");
    }

    /** Whatever variables owners of such units have published, but for the raw answers. */
    @Test
    void knowsTheNamesOfRealUnits() throws IOException {
        for (UsbProtocol protocol : UsbProtocol.values()) {
            var unit = UsbUnit.of(protocol);
            if (protocol == UsbProtocol.SMARTPRO) unit.text('V', "1063XX");
            var missing = new TreeSet<String>();
            for (SortedMap<String, String> dump : FieldDumps.of("tripplite_usb"))
                if (("protocol " + protocol).equals(dump.get("ups.firmware.aux"))) missing.addAll(dump.keySet());
            missing.removeAll(poll(unit).values().keySet());
            missing.removeIf(name -> name.matches("ups\\.debug\\..*|device\\..*|ups\\.status"));
            assertThat(missing).as("protocol " + protocol).isEmpty();
        }
    }

    @Test
    void followsAnOutage() throws IOException {
        var unit = UsbUnit.of(UsbProtocol.OMNIVS);
        try (Session session = open(unit, Map.of("battery_min", "11.5", "battery_max", "13"))) {
            var report = new TestReport();
            unit.text('S', "11_XXX").text('B', "0000C0");
            assertThat(report.poll(session).status()).containsExactly("OB");
            assertThat(report.values())
                    .containsEntry("input.voltage", "0.00")
                    .containsEntry("battery.voltage", "12.00")
                    .containsEntry("battery.charge", "57");
            unit.text('S', "01_XXX").text('B', "0000B0");
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OB", "LB");
            assertThat(report.values()).containsEntry("battery.charge", "10");
            unit.text('S', "10_XXX").text('B', "0C9CE9");
            assertThat(report.poll(session).status()).containsExactly("OL");
        }
    }

    /** A unit repeats its last report until the next is ready. */
    @Test
    void passesOverOldReports() throws IOException {
        var unit = UsbUnit.of(UsbProtocol.SMARTPRO).stale(5);
        try (Session session = open(unit, Map.of())) {
            var report = new TestReport().poll(session);
            assertThat(report.values()).containsEntry("input.voltage", "113").containsEntry("ups.load", "41");
            unit.text('D', "7287");
            assertThat(report.poll(session).values()).containsEntry("input.voltage", "114");
        }
    }

    @Test
    void readsNoStatusOutOfWhatIsNone() throws IOException {
        var unit = UsbUnit.of(UsbProtocol.SMARTPRO);
        try (Session session = open(unit, Map.of())) {
            var report = new TestReport().poll(session);
            unit.text('S', "90\0\0Z0");
            assertThatIOException()
                    .isThrownBy(() -> session.poll(report, Due.QUICK))
                    .withMessageContaining("S");
            unit.without('S');
            assertThatIOException()
                    .isThrownBy(() -> session.poll(report, Due.QUICK))
                    .withMessageContaining("S");
            unit.bytes('S', "313030006430");
            assertThat(report.poll(session).status()).containsExactly("OL");
        }
    }

    @Test
    void leavesOutDigitsThatAreNone() throws IOException {
        var report = poll(UsbUnit.of(UsbProtocol.SMARTPRO).text('D', "??87").text('L', "x90D_X"));
        assertThat(report.values())
                .containsEntry("battery.voltage", "40.50")
                .doesNotContainKeys("input.voltage", "ups.load");
    }

    @Test
    void givesOrders() throws IOException {
        var unit = UsbUnit.of(UsbProtocol.SMARTPRO).text('V', "1062XX");
        try (Session session = open(unit, Map.of("offdelay", "300"))) {
            var report = new TestReport().poll(session);
            unit.orders("");
            assertThat(session.run("load.off", "")).isEqualTo(Outcome.handled());
            assertThat(session.set("outlet.2.switch", "on")).isEqualTo(Outcome.handled());
            assertThat(session.set("outlet.2.switch", "0")).isEqualTo(Outcome.handled());
            assertThat(session.set("outlet.2.switch", "maybe").code()).isEqualTo(Outcome.Code.INVALID);
            assertThat(unit.orders("NK")).containsExactly("4e3035", "4b3030", "4e3035", "4b3231", "4e3035", "4b3230");
            assertThat(report.poll(session).values())
                    .containsEntry("outlet.1.switch", "1")
                    .containsEntry("outlet.2.switch", "0");
            assertThat(session.run("shutdown.return", "")).isEqualTo(Outcome.handled());
            assertThat(session.set("ups.delay.shutdown", "32")).isEqualTo(Outcome.handled());
            assertThat(session.set("ups.delay.shutdown", "1000").code()).isEqualTo(Outcome.Code.INVALID);
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(session.set("ups.id", "4660")).isEqualTo(Outcome.handled());
            assertThat(unit.orders("NGJ")).containsExactly("4e012c", "47", "4e0020", "47", "4a1234");
            unit.without('G').without('A');
            assertThat(session.run("shutdown.return", "").code()).isEqualTo(Outcome.Code.FAILED);
            assertThat(session.run("test.battery.start", "")).isEqualTo(Outcome.handled());
        }
    }

    @Test
    void givesBinaryOrders() throws IOException {
        var unit = UsbUnit.of(UsbProtocol.BINARY);
        try (Session session = open(unit, Map.of())) {
            new TestReport().poll(session);
            unit.orders("");
            assertThat(session.set("outlet.1.switch", "0")).isEqualTo(Outcome.handled());
            assertThat(unit.orders("NK")).containsExactly("4e05", "4b0100");
        }
    }

    @Test
    void saysWhichProtocolItDoesNotKnow() {
        assertThatIOException()
                .isThrownBy(() -> open(new UsbUnit(0x4001), Map.of()))
                .withMessageContaining("speaks protocol 4001")
                .withMessageContaining("0004, 1001, 2001, 3003, 3005, 3017");
        assertThatIOException()
                .isThrownBy(() -> open(new UsbUnit(0x3003).without('\0'), Map.of()))
                .withMessageContaining("does not tell its protocol");
    }

    @Test
    void refusesOptionsThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(UsbUnit.of(UsbProtocol.OMNIVS), Map.of("battery_min", "low")))
                .withMessageContaining("battery_min");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(UsbUnit.of(UsbProtocol.OMNIVS), Map.of("offdelay", "1000")))
                .withMessageContaining("offdelay");
    }
}
