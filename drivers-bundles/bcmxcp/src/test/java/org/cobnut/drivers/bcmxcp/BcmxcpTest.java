package org.cobnut.drivers.bcmxcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.DriverComparison;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class BcmxcpTest {
    private final XcpUnit unit = new XcpUnit();

    @Test
    void readsAUnit() throws IOException {
        try (Session session = SimulatorBench.open(new Bcmxcp(), unit)) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.alarms()).isEmpty();
            assertThat(report.values())
                    .containsEntry("ups.mfr", "Eaton")
                    .containsEntry("ups.model", "PW5125 RM    1500i")
                    .containsEntry("ups.firmware", "Cont:01.12 Inve:02.03")
                    .containsEntry("ups.serial", "BF123A4567")
                    .containsEntry("device.part", "103003274-6591")
                    .containsEntry("ups.power", "600")
                    .containsEntry("ups.load", "40.0")
                    .containsEntry("output.frequency", "50.1")
                    .containsEntry("battery.voltage", "27.3")
                    .containsEntry("battery.charge", "100.00")
                    .containsEntry("battery.runtime", "1800")
                    .containsEntry("battery.charger.status", "floating")
                    .containsEntry("ups.test.result", "Done and passed")
                    .containsEntry("ups.date", "07/03/2024")
                    .containsEntry("ups.time", "12:15:30.50")
                    .containsEntry("input.frequency.low", "47")
                    .containsEntry("input.transfer.high", "276")
                    .containsEntry("ups.description", "Line-Interactive UPS, Single Phase")
                    .containsEntry("outlet.1.status", "on/closed")
                    .containsEntry("outlet.1.delay.shutdown", "-1")
                    .containsEntry("outlet.2.delay.shutdown", "30")
                    .doesNotContainKeys("ambient.temperature.high", "outlets");
            assertThat(report.commands())
                    .contains("test.panel.start", "beeper.mute", "outlet.2.load.off", "bypass.start");
        }
    }

    @Test
    void findsAUnitAtAnySpeed() throws IOException {
        for (int speed : List.of(1200, 19200))
            try (Session session = SimulatorBench.open(new Bcmxcp(), new XcpUnit().at(speed))) {
                assertThat(new TestReport().poll(session).status()).containsExactly("OL");
            }
    }

    @Test
    void followsAnOutage() throws IOException {
        try (Session session = SimulatorBench.open(new Bcmxcp(), unit)) {
            var report = new TestReport();
            unit.block(0x33, 0xF0, 0);
            assertThat(report.poll(session).status()).containsExactly("OB");
            unit.block(0x35, 0, 1, 0, 1);
            assertThat(report.poll(session).alarms()).containsExactly("UTILITY_FAIL", "UPS_ON_BATTERY");
            unit.block(0x33, 0x50, 0x20);
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            unit.block(0x33, 0x61, 0).block(0x35, 1, 0, 1, 0);
            assertThat(report.poll(session).status()).containsExactly("OL", "BOOST", "LB", "RB");
            unit.block(0x33, 0x50, 0).block(0x35, 0, 0, 0, 0);
            assertThat(report.poll(session).status()).containsExactly("OL");
        }
    }

    @Test
    void givesOrders() throws IOException {
        try (Session session = SimulatorBench.open(new Bcmxcp(), unit, "shutdown_delay = 300")) {
            new TestReport().poll(session);
            unit.orders();
            for (String command : List.of(
                    "shutdown.return",
                    "shutdown.stayoff",
                    "load.on",
                    "test.battery.start",
                    "test.panel.start",
                    "beeper.mute",
                    "outlet.1.shutdown.return",
                    "outlet.2.shutdown.return",
                    "outlet.2.load.off"))
                assertThat(session.run(command, "")).as(command).isEqualTo(Outcome.handled());
            assertThat(unit.orders())
                    .containsExactly(
                            "8a2c01", "8b", "89", "b10a1e", "b2040a", "95060200", "8a2c0101", "8a1e0002", "8b02");
            unit.reply(0x33);
            assertThat(session.run("shutdown.default", "").code()).isEqualTo(Outcome.Code.FAILED);
            assertThat(unit.orders()).containsExactly("8a2c01", "8b");
            assertThat(session.run("test.battery.stop", "")).isEqualTo(Outcome.unknown());
        }
    }

    @Test
    void sets() throws IOException {
        try (Session session = SimulatorBench.open(new Bcmxcp(), unit)) {
            new TestReport().poll(session);
            unit.orders();
            assertThat(session.set("input.transfer.delay", "300")).isEqualTo(Outcome.handled());
            assertThat(session.set("outlet.1.delay.start", "-1")).isEqualTo(Outcome.handled());
            assertThat(session.set("battery.runtime.low", "31").code()).isEqualTo(Outcome.Code.INVALID);
            assertThat(session.set("battery.charge.restart", "10")).isEqualTo(Outcome.unknown());
            assertThat(unit.orders()).containsExactly("95072c01", "970201ffff");
        }
    }

    @Test
    void readsTheSameUnitOnUsb() throws IOException {
        var transfers = new ArrayList<String>();
        var driver = new BcmxcpUsb();
        var links = new TestLinks(Path.of("/nonexistent"))
                .with("auto", unit.usb(0x0592, 0x0002, transfers).link());
        try (Session session = driver.open(Settings.of("u", "auto", driver.options(), Map.of()), links)) {
            var report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values()).containsEntry("ups.model", "PW5125 RM    1500i");
            assertThat(session.run("shutdown.return", "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders()).containsExactly("8a7800");
            assertThat(transfers).containsOnly("00 07 0304");
        }
        transfers.clear();
        var other = new UsbXcpLine(unit.usb(0x06da, 0x0002, transfers).link());
        assertThat(XcpProtocol.block(other, Block.STATUS, 1)).isEqualTo("P\0");
        assertThat(transfers).containsOnly("42 0d 0000");
    }

    @Test
    @Timeout(120)
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void differsFromTheCDriverOnlyAsDocumented(@TempDir Path folder) throws IOException {
        var comparison = DriverComparison.of(
                folder,
                "bcmxcp",
                new Bcmxcp(),
                unit,
                new SerialLinks(),
                request -> request.matches("(?s)\u00ab.[\u0088-\u0097\u00b1\u00b2].*") && !request.contains("\u00ff"),
                List.of("shutdown.return", "test.battery.start", "beeper.mute", "outlet.2.shutdown.return"));
        comparison.isDocumented(Path.of("../../docs/drivers/bcmxcp.md"), "bcmxcp");
    }
}
