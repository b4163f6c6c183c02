package org.cobnut.drivers.apcsmart.microlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;

class MicrolinkTest {
    private final MicrolinkUnit unit = new MicrolinkUnit();

    @Test
    void readsAUnitByItsOwnDescription() throws IOException {
        try (Session session = SimulatorBench.open(new ApcMicrolink(), unit)) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "APC")
                    .containsEntry("ups.model", "Smart-UPS 750")
                    .containsEntry("ups.serial", "AS1234567890")
                    .containsEntry("ups.id", "rack")
                    .containsEntry("battery.charge", "100.00")
                    .containsEntry("battery.runtime", "1800")
                    .containsEntry("battery.date", "2024-08-22")
                    .containsEntry("ups.realpower", "120.00")
                    .containsEntry("ups.load", "20")
                    .containsEntry("ups.test.result", "Passed")
                    .containsEntry("input.transfer.high", "253")
                    .containsEntry("outlet.group.0.status", "StateOn")
                    .containsEntry("outlet.group.1.delay.shutdown", "90");
        }
    }

    @Test
    void followsAnOutage() throws IOException {
        try (Session session = SimulatorBench.open(new ApcMicrolink(), unit)) {
            var report = new TestReport();
            unit.with("2:4.A", 0x04);
            assertThat(report.poll(session).status()).containsExactly("OB");
            unit.with("2:4.5.9F", 140);
            report.poll(session);
            assertThat(report.poll(session).status())
                    .as("less than the warning is left")
                    .containsExactly("OB", "LB");
            unit.with("2:4.A", 0x02 | 1 << 5 | 1 << 21).with("2:4.34", 4).with("2:4.5.9F", 1800);
            report.poll(session);
            report.poll(session);
            assertThat(report.status()).containsExactly("OL", "RB", "OVER");
            assertThat(report.alarms()).containsExactly("General fault");
        }
    }

    @Test
    void authenticatesAndGivesOrders() throws IOException {
        try (Session session = SimulatorBench.open(new ApcMicrolink(), unit)) {
            assertThat(unit.writes()).hasSize(1).allMatch(write -> write.matches("2:4.8.5=0000[0-9a-f]{4}"));
            TestReport report = new TestReport().poll(session);
            assertThat(report.commands())
                    .contains("load.off", "outlet.group.1.load.cycle", "test.battery.start")
                    .doesNotContain("outlet.group.2.load.off", "bypass.start");
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            session.run("outlet.group.1.load.off", "");
            session.run("test.battery.start", "");
            assertThat(unit.writes()).containsExactly("2:4.B5=00004388", "2:4.B5=00004204", "2:10=0401");
            assertThat(session.set("ups.id", "attic")).isEqualTo(Outcome.handled());
            assertThat(session.set("battery.date", "2025-01-01")).isEqualTo(Outcome.handled());
            assertThat(session.set("outlet.group.1.delay.shutdown", "-1")).isEqualTo(Outcome.handled());
            assertThat(unit.writes()).containsExactly("2:4.82=6174746963000000", "2:4.5.48=23ac", "2:4.3D[0].B8=ffff");
            assertThat(session.set("input.transfer.high", "70000").code()).isEqualTo(Outcome.Code.INVALID);
            assertThat(session.set("battery.date", "soon").code()).isEqualTo(Outcome.Code.INVALID);
            assertThat(session.set("battery.charge", "1")).isEqualTo(Outcome.unknown());
        }
    }
}
