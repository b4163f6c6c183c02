package org.cobnut.drivers.liebert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;

/** What is expected here was seen of the liebert-gxe of NUT 2.8.5 on the same simulated unit, but for the form of orders. */
class LiebertGxeTest {
    @Test
    void readsAUnit() throws IOException {
        try (Session session = SimulatorBench.open(new LiebertGxe(), new GxeUnit())) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "EmersonNetworkPower")
                    .containsEntry("ups.model", "GXE-01k00T")
                    .containsEntry("ups.id", "01")
                    .containsEntry("input.voltage", "229.50")
                    .containsEntry("input.frequency", "49.98")
                    .containsEntry("output.voltage", "230.10")
                    .containsEntry("output.voltage.nominal", "230")
                    .containsEntry("output.frequency.nominal", "50")
                    .containsEntry("output.current", "3.12")
                    .containsEntry("ups.realpower", "710")
                    .containsEntry("ups.power", "720")
                    .containsEntry("battery.voltage", "27.30")
                    .containsEntry("battery.runtime", "2040")
                    .containsEntry("battery.charger.status", "resting")
                    .containsEntry("ups.test.interval", "972000")
                    .containsEntry("ups.test.result", "Idle");
        }
    }

    @Test
    void followsAnOutage() throws IOException {
        var unit = new GxeUnit();
        try (Session session = SimulatorBench.open(new LiebertGxe(), unit)) {
            var report = new TestReport();
            assertThat(report.poll(session).status()).containsExactly("OL");
            unit.with(3, 0xE2).with(4, 0xE3).measuring(1, 0);
            assertThat(report.poll(session).status()).containsExactly("OB");
            assertThat(report.values())
                    .containsEntry("input.voltage", "0.00")
                    .containsEntry("battery.charger.status", "discharging");
            unit.with(1, 2).with(3, 0xE1).with(4, 0xE2).with(5, 0xE0);
            assertThat(report.poll(session).status()).containsExactly("OL", "BYPASS");
            assertThat(report.values()).containsEntry("ups.test.result", "In progress");
            unit.with(1, 1);
            assertThat(report.poll(session).status()).containsExactly("OL");
        }
    }

    @Test
    void givesOrders() throws IOException {
        var unit = new GxeUnit();
        try (Session session = SimulatorBench.open(new LiebertGxe(), unit)) {
            unit.requests();
            assertThat(session.run("test.battery.start", "")).isEqualTo(Outcome.handled());
            assertThat(session.run("load.off", "")).isEqualTo(Outcome.handled());
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.unknown());
            assertThat(unit.requests()).containsExactly("~21012A45C0041002FCC6", "~21012A45C0042003FCC4");
        }
    }

    @Test
    void saysWhatIsWrongWithItsAddress() {
        assertThatThrownBy(() -> SimulatorBench.open(new LiebertGxe(), new GxeUnit(), "addr = 100"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("addr = 100");
        assertThatThrownBy(() -> {
                    try (Session session = SimulatorBench.open(new LiebertGxe(), new GxeUnit(), "addr = 2")) {
                        new TestReport().poll(session);
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another unit answers");
    }
}
