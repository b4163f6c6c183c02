package org.cobnut.drivers.bicker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;

/** What is expected here was seen of the bicker_ser of NUT 2.8.5 on the same simulated unit. */
class BickerTest {
    @Test
    void readsAUnit() throws IOException {
        try (Session session = SimulatorBench.open(new BickerSer(), new BickerUnit())) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("device.mfr", "Bicker Elektronik")
                    .containsEntry("device.model", "UPSIC-2403")
                    .containsEntry("device.serial", "ABC123")
                    .containsEntry("ups.firmware", "1.07")
                    .containsEntry("ups.firmware.aux", "4711")
                    .containsEntry("battery.type", "SuperCap")
                    .containsEntry("input.voltage", "24.1")
                    .containsEntry("input.current", "1.500")
                    .containsEntry("output.voltage", "24.050")
                    .containsEntry("output.current", "1.234")
                    .containsEntry("battery.voltage", "23.456")
                    .containsEntry("battery.current", "-0.250")
                    .containsEntry("battery.temperature", "24.9")
                    .containsEntry("battery.charge", "87")
                    .containsEntry("battery.status", "99%")
                    .containsEntry("battery.charger.status", "resting")
                    .containsEntry("battery.charge.low", "35")
                    .containsEntry("ups.delay.shutdown", "10")
                    .containsEntry("experimental.ups.delay.shutdown.signal", "")
                    .doesNotContainKey("experimental.ups.delay.shutdown.signal.masked");
            assertThat(report.values().keySet()).allMatch(name -> name.contains("."));
        }
    }

    @Test
    void followsAnOutage() throws IOException {
        var unit = new BickerUnit();
        try (Session session = SimulatorBench.open(new BickerSer(), unit)) {
            var report = new TestReport();
            assertThat(report.poll(session).status()).containsExactly("OL");
            unit.with("0140", 0x0A);
            assertThat(report.poll(session).status()).containsExactly("OB", "DISCHRG");
            unit.with("0147", 34);
            assertThat(report.poll(session).status()).containsExactly("OB", "DISCHRG", "LB");
            unit.with("0140", 0x2D).with("0147", 36);
            assertThat(report.poll(session).status()).containsExactly("OL", "CHRG", "OVER");
            assertThat(report.values()).containsEntry("battery.charger.status", "charging");
            unit.with("0140", 0x0C);
            assertThat(report.poll(session).status()).containsExactly("OL");
        }
    }

    @Test
    void writesParameters() throws IOException {
        var unit = new BickerUnit();
        try (Session session = SimulatorBench.open(new BickerSer(), unit)) {
            var report = new TestReport().poll(session);
            unit.requests();
            assertThat(session.set("ups.delay.shutdown", "77")).isEqualTo(Outcome.handled());
            assertThat(session.set("ups.delay.start", "")).isEqualTo(Outcome.handled());
            assertThat(session.set("battery.charge.low", "201").code()).isEqualTo(Outcome.Code.INVALID);
            assertThat(session.set("battery.charge.low", "low").code()).isEqualTo(Outcome.Code.INVALID);
            assertThat(session.set("experimental.ups.delay.shutdown.signal.masked", "1"))
                    .isEqualTo(Outcome.unknown());
            assertThat(hex(unit.requests())).containsExactly("01060702014d0004", "01060704001e0004");
            assertThat(report.poll(session).values())
                    .containsEntry("ups.delay.shutdown", "77")
                    .containsEntry("ups.delay.start", "");
            unit.fault(Fault.SILENCE);
            assertThat(session.set("ups.delay.shutdown", "78").reason()).contains("0702");
        }
    }

    @Test
    void shutsDown() throws IOException {
        var unit = new BickerUnit();
        try (Session session = SimulatorBench.open(new BickerSer(), unit)) {
            new TestReport().poll(session);
            unit.requests();
            assertThat(session.run("shutdown.return", "")).isEqualTo(Outcome.handled());
            session.set("ups.delay.shutdown", "");
            new TestReport().poll(session);
            unit.requests();
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(hex(unit.requests())).containsExactly("010403320004");
        }
    }

    private static List<String> hex(List<String> requests) {
        return requests.stream()
                .map(request -> HexFormat.of().formatHex(request.getBytes(StandardCharsets.ISO_8859_1)))
                .toList();
    }
}
