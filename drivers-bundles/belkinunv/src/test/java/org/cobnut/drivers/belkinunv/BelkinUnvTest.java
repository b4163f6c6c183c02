package org.cobnut.drivers.belkinunv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;

class BelkinUnvTest {
    private final BelkinUnvUnit unit = new BelkinUnvUnit();

    private TestReport poll() throws IOException {
        try (Session session = SimulatorBench.open(new BelkinUnv(), unit)) {
            return new TestReport().poll(session);
        }
    }

    @Test
    void readsAUnit() throws IOException {
        TestReport report = poll();
        assertThat(report.status()).containsExactlyInAnyOrder("OL", "CHRG");
        assertThat(report.values())
                .containsEntry("ups.model", "F6C120xxUNV")
                .containsEntry("ups.firmware", "2")
                .containsEntry("ups.type", "OFFLINE")
                .containsEntry("battery.voltage", "27.1")
                .containsEntry("battery.runtime", "720")
                .containsEntry("input.voltage", "227.4")
                .containsEntry("input.sensitivity", "normal")
                .containsEntry("ups.beeper.status", "enabled")
                .containsEntry("ups.test.result", "no test performed");
        assertThat(report.type("input.transfer.low").choices())
                .startsWith("160")
                .endsWith("196");
        unit.without(0x1a);
        unit.without(0x07);
        report = poll();
        assertThat(report.values()).doesNotContainKey("ups.temperature");
        assertThat(report.type("input.transfer.low").choices()).isEmpty();
    }

    @Test
    void followsAnOutage() throws IOException {
        try (Session session = SimulatorBench.open(new BelkinUnv(), unit)) {
            var report = new TestReport();
            assertThat(report.poll(session).status()).contains("OL");
            unit.set(0x23, 0x20);
            unit.set(0x22, 1);
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OB", "ACFAIL");
            unit.set(0x23, 0x24);
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OB", "LB", "ACFAIL");
            unit.set(0x23, 0x80);
            unit.set(0x22, 0x10);
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OL", "RB", "OVER");
            unit.set(0x1b, 0);
            unit.set(0x22, 0xc0);
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OFF", "RB", "OVERHEAT", "COMMFAULT");
        }
    }

    @Test
    void keepsTheExtremesOfTheInput() throws IOException {
        try (Session session = SimulatorBench.open(new BelkinUnv(), unit)) {
            var report = new TestReport().poll(session);
            unit.set(0x18, 2301);
            report.poll(session);
            unit.set(0x18, 2250);
            assertThat(report.poll(session).values())
                    .containsEntry("input.voltage.minimum", "225.0")
                    .containsEntry("input.voltage.maximum", "230.1");
            assertThat(session.run("reset.input.minmax", "")).isEqualTo(Outcome.handled());
            assertThat(report.poll(session).values()).containsEntry("input.voltage.maximum", "225.0");
        }
    }

    @Test
    void takesSettingsAndOrders() throws IOException {
        try (Session session = SimulatorBench.open(new BelkinUnv(), unit)) {
            new TestReport().poll(session);
            assertThat(session.set("input.sensitivity", "low")).isEqualTo(Outcome.handled());
            assertThat(session.set("ups.beeper.status", "muted")).isEqualTo(Outcome.handled());
            assertThat(session.set("input.transfer.high", "250")).isEqualTo(Outcome.handled());
            for (String command : new String[] {
                "test.battery.start",
                "test.failure.start",
                "test.failure.stop",
                "beeper.disable",
                "beeper.on",
                "shutdown.stayoff",
                "shutdown.reboot.graceful",
                "shutdown.default"
            }) assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders())
                    .containsExactly(
                            "0c=2", "11=3", "09=250", "10=1", "10=2", "10=3", "11=1", "11=2", "16=0", "15=1", "16=2",
                            "15=40", "16=10", "15=1");
            unit.without(0x16);
            assertThat(session.run("shutdown.reboot", "").reason()).isEqualTo("register 16: the UPS refused it");
            assertThat(unit.orders()).containsExactly("15=1");
        }
    }

    @Test
    void knowsTheNamesThatRealUnitsTold() throws IOException {
        // ups.beeper.enable and ups.timer.*: of 2.0.4, other names since
        Set<String> known =
                new TreeSet<>(Set.of("ups.status", "ups.beeper.enable", "ups.timer.restart", "ups.timer.shutdown"));
        known.addAll(poll().values().keySet());
        for (SortedMap<String, String> dump : FieldDumps.of("belkinunv"))
            assertThat(known).containsAll(dump.keySet());
    }
}
