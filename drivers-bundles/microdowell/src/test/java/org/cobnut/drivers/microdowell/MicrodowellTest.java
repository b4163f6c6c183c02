package org.cobnut.drivers.microdowell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.cobnut.driver.Session;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.DriverComparison;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MicrodowellTest {
    private final EnterpriseUnit unit = new EnterpriseUnit(12);

    @Test
    void readsAUnit() throws IOException {
        try (Session session = SimulatorBench.open(new Microdowell(), unit)) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.model", "Enterprise N12")
                    .containsEntry("ups.power.nominal", "1200")
                    .containsEntry("ups.realpower.nominal", "720")
                    .containsEntry("ups.firmware", "3.4 (5)")
                    .containsEntry("ups.firmware.aux", "1.2 2.3")
                    .containsEntry("ups.mfr.date", "2007/09/27")
                    .containsEntry("battery.packs", "2")
                    .containsEntry("input.voltage", "230")
                    .containsEntry("output.voltage", "225")
                    .containsEntry("output.current", "2")
                    .containsEntry("battery.voltage", "27.0")
                    .containsEntry("ups.temperature", "30")
                    .containsEntry("battery.charge", "98")
                    .containsEntry("ups.power", "300")
                    .containsEntry("ups.load", "25")
                    .containsEntry("ups.time", "12:34:56")
                    .containsEntry("input.sensitivity", "M")
                    .containsEntry("input.voltage.nominal", "230");
        }
    }

    @Test
    void readsABigUnitForSixtyHertz() throws IOException {
        var big = new EnterpriseUnit(22);
        big.set(0x00, 3, 3);
        big.set(0x20, 0, 1);
        try (Session session = SimulatorBench.open(new Microdowell(), big)) {
            assertThat(new TestReport().poll(session).values())
                    .containsEntry("output.voltage", "128")
                    .containsEntry("output.current", "4")
                    .containsEntry("battery.voltage", "48.0")
                    .containsEntry("input.frequency", "60.0")
                    .containsEntry("input.voltage.nominal", "110")
                    .containsEntry("input.sensitivity", "H");
        }
    }

    @Test
    void followsAnOutage() throws IOException {
        try (Session session = SimulatorBench.open(new Microdowell(), unit)) {
            var report = new TestReport();
            assertThat(report.poll(session).status()).containsExactly("OL");
            unit.status[0] = 0x01;
            assertThat(report.poll(session).status()).containsExactly("OB");
            unit.status[0] = 0x03;
            unit.status[1] = 0x40;
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OB", "LB", "OVER");
            unit.status[0] = 0x18;
            unit.status[1] = 0;
            unit.status[4] = 0x04;
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OL", "BOOST");
            unit.status[0] = 0x20;
            unit.status[4] = 0x08;
            assertThat(report.poll(session).status()).containsExactlyInAnyOrder("OFF", "TRIM");
        }
    }

    @Test
    void givesOrders() throws IOException {
        try (Session session = SimulatorBench.open(new Microdowell(), unit, "ups.delay.start = 70000")) {
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            new TestReport().poll(session);
            assertThat(session.set("ups.delay.shutdown", "300")).isEqualTo(Outcome.handled());
            assertThat(session.run("load.off", "")).isEqualTo(Outcome.handled());
            assertThat(session.run("load.on", "")).isEqualTo(Outcome.handled());
            unit.status[0] = 1;
            assertThat(session.run("shutdown.return", "")).isEqualTo(Outcome.handled());
            assertThat(session.set("ups.delay.shutdown", "1")).isEqualTo(Outcome.handled());
            assertThat(session.run("shutdown.stayoff", "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders())
                    .containsExactly(
                            "ff010078011170", "ff040000000000", "ff080000000000", "ff02012c011170", "ff020006000000");
            unit.refuses = true;
            assertThat(session.run("load.off", "").reason())
                    .isEqualTo("the UPS did not acknowledge: the UPS refused it with error 17");
        }
    }

    @Test
    void setsTheClockOfTheUnit() throws IOException {
        var clock = Clock.fixed(Instant.parse("2026-11-30T03:45:06Z"), ZoneOffset.UTC);
        SimulatorBench.open(new Microdowell(clock), unit).close();
        assertThat(unit.requests())
                .contains(EnterpriseProtocol.frame(" \0\3-\6").stripTrailing());
    }

    @Test
    @Timeout(60)
    void differsFromTheCDriverOnlyAsDocumented(@TempDir Path folder) throws IOException {
        var comparison = DriverComparison.of(
                folder,
                "microdowell",
                new Microdowell(),
                unit,
                new SerialLinks(),
                request -> request.length() > 3 && request.charAt(2) == 0x40,
                List.of("load.off", "load.on", "shutdown.return", "shutdown.stayoff"));
        comparison.isDocumented(Path.of("../../docs/drivers/microdowell.md"), "microdowell");
    }
}
