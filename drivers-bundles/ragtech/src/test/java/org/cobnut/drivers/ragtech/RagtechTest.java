package org.cobnut.drivers.ragtech;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;

class RagtechTest {
    private final RagtechUnit unit = new RagtechUnit();

    @Test
    void readsAUnit() throws IOException {
        try (Session session = SimulatorBench.open(new Ragtech(), unit)) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.commands()).isEmpty();
            assertThat(report.values())
                    .containsEntry("ups.model", "Easy 1200 TI")
                    .containsEntry("ups.power.nominal", "1200")
                    .containsEntry("ups.realpower.nominal", "840")
                    .containsEntry("ups.firmware", "3.5")
                    .containsEntry("battery.charge", "100.0")
                    .containsEntry("battery.voltage", "13.40")
                    .containsEntry("input.voltage", "116.6")
                    .containsEntry("input.voltage.nominal", "115")
                    .containsEntry("output.voltage", "114.9")
                    .containsEntry("output.current", "3.19")
                    .containsEntry("ups.load", "30.5")
                    .containsEntry("output.frequency", "49.51");
        }
        try (Session session = SimulatorBench.open(new Ragtech(), unit.with(0x9A, 19), "iout_calib = 10")) {
            var report = new TestReport().poll(session);
            assertThat(report.values())
                    .containsEntry("ups.model", "Easy 2200 M2")
                    .containsEntry("output.current", "9.37");
        }
    }

    @Test
    void followsAnOutage() throws IOException {
        try (Session session = SimulatorBench.open(new Ragtech(), unit)) {
            var report = new TestReport();
            unit.with(0x90, 0x40);
            assertThat(report.poll(session).status()).containsExactly("OB");
            unit.with(0x90, 0x42).with(0x91, 0x0B);
            assertThat(report.poll(session).status()).containsExactly("OB", "LB", "OVER", "RB");
            assertThat(report.alarms()).containsExactly("Overtemperature");
            unit.with(0x90, 0).with(0x91, 0);
            assertThat(report.poll(session).status()).containsExactly("OL");
        }
    }

    @Test
    void goesOffOnlyWhereItMay() throws IOException {
        try (Session session = SimulatorBench.open(new Ragtech(), unit)) {
            new TestReport().poll(session);
            assertThat(session.run("shutdown.stayoff", "")).isEqualTo(Outcome.unknown());
            assertThat(session.run("shutdown.default", "").reason()).contains("allow_shutdown");
            assertThat(unit.orders()).isEmpty();
        }
        try (Session session = SimulatorBench.open(new Ragtech(), unit, "allow_shutdown")) {
            new TestReport().poll(session);
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders()).containsExactly("aa020080fe7e", "aa0100981eb6");
            assertThat(unit.register(0x98)).isEqualTo(30);
            session.run("shutdown.stop", "");
            assertThat(unit.register(0x98)).isZero();
            session.run("test.battery.start.deep", "");
            assertThat(unit.register(0x90)).isEqualTo(0x04);
            assertThat(unit.register(0x95)).isEqualTo(0x80);
        }
    }
}
