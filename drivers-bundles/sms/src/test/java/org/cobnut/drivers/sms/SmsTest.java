package org.cobnut.drivers.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cobnut.driver.Session;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.PtyLine;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmsTest {
    private final SmsUnit unit = new SmsUnit();

    @Test
    void readsAUnit() throws IOException {
        try (Session session = SimulatorBench.open(new SmsSer(), unit)) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "SMS")
                    .containsEntry("ups.model", "NET 4+")
                    .containsEntry("ups.firmware", "0.0")
                    .containsEntry("output.voltage.nominal", "115")
                    .doesNotContainKey("input.voltage.nominal")
                    .containsEntry("battery.voltage.nominal", "24")
                    .containsEntry("battery.packs", "2")
                    .containsEntry("output.frequency.nominal", "60")
                    .containsEntry("input.voltage", "120.0")
                    .containsEntry("output.voltage", "115.0")
                    .containsEntry("ups.load", "30.5")
                    .containsEntry("output.frequency", "60.0")
                    .containsEntry("battery.charge", "100.0")
                    .containsEntry("battery.voltage", "24.00")
                    .containsEntry("battery.charger.status", "resting")
                    .containsEntry("ups.temperature", "35.4")
                    .containsEntry("ups.beeper.status", "enabled")
                    .containsEntry("ups.delay.reboot", "64");
        }
    }

    /** A line-interactive unit says bypass whenever its inverter runs. */
    @Test
    void followsAnOutageOfALineInteractiveUnit() throws IOException {
        try (Session session = SimulatorBench.open(new SmsSer(), unit)) {
            var report = new TestReport();
            unit.with(0xA8).word(1, 0).word(5, 800);
            assertThat(report.poll(session).status()).containsExactly("OB");
            assertThat(report.values())
                    .containsEntry("battery.charger.status", "discharging")
                    .containsEntry("battery.voltage", "19.20")
                    .containsEntry("ups.beeper.status", "disabled");
            unit.with(0xEA);
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            assertThat(report.alarms()).containsExactly("Shutdown imminent!");
            unit.with(0x18).word(1, 1050);
            assertThat(report.poll(session).status()).containsExactly("OL", "BOOST");
            assertThat(report.values()).containsEntry("battery.charger.status", "charging");
            unit.with(0x84);
            assertThat(report.poll(session).status()).containsExactly("OB", "RB", "CAL");
            assertThat(report.values()).containsEntry("ups.test.result", "In progress");
            unit.with(0x28);
            assertThat(report.poll(session).status()).containsExactly("OL");
            unit.type('<');
            assertThat(report.poll(session).status()).containsExactly("OL", "BYPASS");
        }
    }

    /** What NUT 2.8.5 sends. */
    @Test
    void givesOrders() throws IOException {
        try (Session session = SimulatorBench.open(new SmsSer(), unit, "rebootdelay = 30")) {
            new TestReport().poll(session);
            for (String command : List.of("test.battery.start", "test.battery.start.quick", "test.battery.stop"))
                assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders()).containsExactly("540affffffa5", "4cffffffffb8", "44ffffffffc0");
            for (String command : List.of("beeper.toggle", "shutdown.reboot", "shutdown.default"))
                assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders()).containsExactly("4dffffffffb7", "531effffff92", "43ffffffffc1", "52ffffffffb2");
            assertThat(session.set("ups.delay.reboot", "60")).isEqualTo(Outcome.handled());
            session.run("shutdown.reboot", "");
            session.run("test.battery.start", "13");
            assertThat(unit.orders()).containsExactly("533cffffff74", "540dffffffa2");
            assertThat(session.run("test.battery.start", "300").code()).isEqualTo(Outcome.Code.INVALID);
        }
    }

    @Test
    void readsAUnitOnALine(@TempDir Path folder) throws IOException {
        try (var line = new PtyLine(unit.with(0xE8), folder);
                Session session = SimulatorBench.open(new SmsSer(), line, new SerialLinks())) {
            assertThat(new TestReport().poll(session).status()).containsExactly("OB", "LB");
        }
    }
}
