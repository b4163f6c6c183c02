package org.cobnut.drivers.victron;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cobnut.driver.Session;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.DriverComparison;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class VictronTest {
    @Test
    void followsAnOutage() throws IOException {
        var unit = new VictronUnit();
        try (Session session = SimulatorBench.open(new VictronUps(), unit)) {
            var report = new TestReport();
            assertThat(report.poll(session).status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "IMV")
                    .containsEntry("ups.model", "Match 1500")
                    .containsEntry("battery.voltage", "27.3")
                    .containsEntry("battery.runtime", "2700")
                    .containsEntry("input.frequency", "49.9")
                    .containsEntry("output.current", "3.7")
                    .containsEntry("ups.test.result", "No test initiated");
            unit.with("vAa", "2").with("vI0U", "0");
            assertThat(report.poll(session).status()).containsExactly("OB");
            assertThat(report.values()).containsEntry("input.voltage", "0");
            unit.with("vAa", "6");
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            unit.with("vAa", "129").with("vI0U", "230");
            assertThat(report.poll(session).status()).containsExactly("OL", "RB", "OVER");
            unit.with("vAa", "0");
            assertThat(report.poll(session).status()).containsExactly("OL");
        }
    }

    @Test
    void showsACalibrationWhileItRuns() throws IOException {
        var unit = new VictronUnit().with("vTr", "5");
        try (Session session = SimulatorBench.open(new VictronUps(), unit)) {
            var report = new TestReport();
            assertThat(report.poll(session).status()).containsExactly("OL");
            session.run("calibrate.start", "");
            assertThat(report.poll(session).status()).containsExactly("OL", "CAL");
            unit.with("vTr", "1");
            assertThat(report.poll(session).status()).containsExactly("OL");
            assertThat(report.values()).containsEntry("ups.test.result", "Done and passed");
        }
    }

    @Test
    void leavesOutWhatAUnitDoesNotMeasure() throws IOException {
        var unit = new VictronUnit().with("vBC", "NA").with("vBt", "-1").with("vO0I", "NA");
        try (Session session = SimulatorBench.open(new VictronUps(), unit, "modelname = Lite")) {
            assertThat(new TestReport().poll(session).values())
                    .containsEntry("ups.model", "Lite")
                    .containsKey("battery.voltage")
                    .doesNotContainKeys("battery.charge", "battery.runtime", "output.current");
        }
    }

    @Test
    void shutsDown() throws IOException {
        var unit = new VictronUnit();
        try (Session session = SimulatorBench.open(new VictronUps(), unit, "usd = 77")) {
            unit.requests();
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(unit.requests()).containsExactly("vCc0!", "vCb77!");
        }
    }

    @Test
    void readsAMonitorWhoseValuesComeInTwoBlocks() throws IOException {
        try (Session session = SimulatorBench.open(new VeDirect(), VeUnit.monitor())) {
            TestReport report = new TestReport().poll(session).poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("experimental.ve-direct.PID", "0xA381")
                    .containsEntry("experimental.ve-direct.H18", "1234")
                    .containsEntry("battery.voltage", "24.340")
                    .containsEntry("battery.current", "-1.540")
                    .containsEntry("battery.charge", "87.6")
                    .containsEntry("battery.runtime", "30720");
        }
    }

    @Test
    void commandsAnInverter() throws IOException {
        VeUnit unit = VeUnit.inverter();
        try (Session session = SimulatorBench.open(new VeDirect(), unit, "modelname = Phoenix")) {
            var report = new TestReport().poll(session);
            assertThat(report.values())
                    .containsEntry("output.voltage", "230.01")
                    .containsEntry("ups.model", "Phoenix")
                    .containsEntry("ups.serial", "HQ2203ABCDE");
            for (String command : List.of("beeper.disable", "beeper.enable", "experimental.ve-direct.ping"))
                assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
            assertThat(report.poll(session).values()).hasSameSizeAs(report.values());
            session.run("experimental.ve-direct.get", "f0ed");
            assertThat(session.run("experimental.ve-direct.set", "1").code()).isEqualTo(Outcome.Code.INVALID);
            assertThat(session.run("load.off", "")).isEqualTo(Outcome.unknown());
            assertThat(unit.requests()).containsExactly(":8FCEE000063", ":8FCEE000162", ":154", ":7F0ED0071");
        }
    }

    @Test
    @Timeout(60)
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void differsFromTheCDriverOnlyAsDocumented(@TempDir Path folder) throws IOException {
        var comparison = DriverComparison.of(
                folder,
                "victronups",
                new VictronUps(),
                new VictronUnit(),
                new SerialLinks(),
                request -> request.endsWith("!"),
                List.of("calibrate.start", "test.battery.start", "test.panel.start", "bypass.start", "bypass.stop"));
        comparison.isDocumented(Path.of("../../docs/drivers/victron.md"), "victronups");
    }
}
