package org.cobnut.drivers.industrial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.DriverComparison;
import org.cobnut.testkit.serial.PtyLine;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IndustrialTest {
    @Test
    void followsAMeanWellThroughAnOutage() throws IOException {
        var unit = new MeanwellUnit();
        try (Session session = SimulatorBench.open(new MeanwellNtu(), unit)) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL", "BYPASS", "CHRG");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "MEANWELL")
                    .containsEntry("ups.model", "NTU-1200-124")
                    .containsEntry("ups.serial", "LOC-0123456789")
                    .containsEntry("ups.firmware", "01.8")
                    .containsEntry("battery.alarm.voltage", "22.0")
                    .containsEntry("battery.shutdown.voltage", "20.0")
                    .containsEntry("ups.mode", "bypass")
                    .containsEntry("input.voltage", "231")
                    .containsEntry("output.voltage", "231.0")
                    .containsEntry("battery.voltage", "27.60")
                    .containsEntry("battery.charge", "100")
                    .containsEntry("ups.temperature", "31.5")
                    .containsEntry("ups.load", "25")
                    .containsEntry("experimental.utility.present", "1")
                    .doesNotContainKey("output.frequency");
            unit.measures("120 025 25.1 045 33.0 000 59.9 000 011", 0);
            report.poll(session);
            assertThat(report.status()).containsExactly("OB", "DISCHRG");
            assertThat(report.values())
                    .containsEntry("input.voltage", "0")
                    .containsEntry("output.voltage", "120.0")
                    .containsEntry("output.frequency", "59.9")
                    .containsEntry("ups.load", "11")
                    .containsEntry("ups.mode", "line-interactive");
            unit.measures("120 100 22.1 008 61.0 000 59.9 000 120", 0, 6, 10, 13);
            report.poll(session);
            assertThat(report.status()).containsExactly("OB", "LB", "OVER", "DISCHRG");
            assertThat(report.alarms()).containsExactly("Overtemperature");
            unit.measures("000 025 22.1 008 31.5 231 00.0 000 000", 1, 2, 3);
            assertThat(report.poll(session).status()).containsExactly("OL", "BYPASS", "CHRG");
            unit.requests();
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(session.run("load.on", "")).isEqualTo(Outcome.handled());
            assertThat(unit.requests()).containsExactly("C100000000000000", "C010000000000000");
        }
    }

    @Test
    void followsAnAl175ThroughAnOutage() throws IOException {
        var unit = new Al175Unit();
        try (Session session = SimulatorBench.open(new Al175(), unit)) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "Eltek")
                    .containsEntry("ups.model", "AL175")
                    .containsEntry("output.voltage.nominal", "48")
                    .containsEntry("battery.voltage.nominal", "54.00")
                    .containsEntry("battery.current", "1.50")
                    .containsEntry("output.current", "12.34")
                    .containsEntry("battery.temperature", "23.50")
                    .containsEntry("ups.test.result", "OK");
            unit.with(0x4020, 1).with(0x4040, 1);
            report.poll(session);
            assertThat(report.status()).containsExactly("OB");
            assertThat(report.values()).containsEntry("battery.current", "-1.50");
            unit.with(0x4038, 1).with(0x4030, 1);
            report.poll(session);
            assertThat(report.status()).containsExactly("OB", "RB", "LB");
            assertThat(report.values()).containsEntry("ups.test.result", "FAIL");
            unit.with(0x4020, 0).with(0x4038, 0).with(0x4030, 0).with(0x4048, 1).with(0x4008, 1);
            report.poll(session);
            assertThat(report.status()).containsExactly("OL", "CHRG");
            assertThat(report.values()).containsEntry("ups.test.result", "In progress");
            unit.with(0x4000, 0x40).with(0x4038, 2);
            report.poll(session);
            assertThat(report.status()).containsExactly("OL", "HB", "RB", "CHRG");
            assertThat(report.values()).containsEntry("battery.fuse", "FAIL").containsEntry("battery.symmetry", "OK");
        }
    }

    @Test
    void givesAnAl175Orders() throws IOException {
        var unit = new Al175Unit();
        try (Session session = SimulatorBench.open(new Al175(), unit)) {
            new TestReport().poll(session);
            assertThat(session.run("test.battery.start", "")).isEqualTo(Outcome.handled());
            assertThat(session.run("test.battery.stop", "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders()).containsExactly("8381313820312030", "8380203020302030");
            unit.refusing();
            assertThat(session.run("test.battery.stop", "").reason()).contains("did not acknowledge");
        }
    }

    @Test
    void followsASitopThroughAnOutage() throws IOException {
        var unit = new SitopUnit();
        try (Session session = SimulatorBench.open(new Sitop(), unit)) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values()).containsEntry("battery.charge.approx", ">85");
            unit.says("BUFRD", "DC_LO", "*BAT*", "BA>85");
            assertThat(report.poll(session).status()).containsExactly("OB");
            unit.says("ALARM", "DC_LO", "*BAT*", "BA<85");
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            assertThat(report.values()).containsEntry("battery.charge.approx", "<85");
            unit.says("RD", "BUFRD", "DC_OK", "*****");
            assertThat(report.poll(session).status()).containsExactly("OL");
            unit.requests();
            session.run("shutdown.default", "");
            assertThat(unit.orders()).containsExactly("R", "R");
        }
    }

    @Test
    void bearsASitopThatSaysNothingForAsManyReadingsAsTheSectionAllows() throws IOException {
        var unit = new SitopUnit();
        try (Session session = SimulatorBench.open(new Sitop(), unit, "max_polls_without_data = 1")) {
            unit.fault(Fault.SILENCE);
            assertThat(new TestReport().poll(session).status()).containsExactly("OL");
            assertThatThrownBy(() -> new TestReport().poll(session)).hasMessageContaining("said nothing in 2 readings");
        }
        unit.fault(Fault.SILENCE);
        assertThatThrownBy(() -> SimulatorBench.open(new Sitop(), unit)).hasMessageContaining("DIP switches");
    }

    /** Over a pseudo-terminal, as from a real unit. */
    @Test
    void hearsASitopOnALine(@TempDir Path folder) throws IOException {
        var unit = new SitopUnit().says("ALARM", "DC_LO", "*BAT*", "BA<85");
        try (var line = new PtyLine(unit, folder);
                Session session = SimulatorBench.open(new Sitop(), line, new SerialLinks())) {
            assertThat(new TestReport().poll(session).status()).containsExactly("OB", "LB");
        }
    }

    static Stream<Arguments> units() {
        return Stream.of(
                Arguments.of(
                        "al175",
                        new Al175(),
                        (Supplier<SerialSimulator>) Al175Unit::new,
                        List.of("test.battery.start", "test.battery.stop")),
                Arguments.of(
                        "nutdrv_siemens-sitop", // the old name of nutdrv_siemens_sitop
                        new SitopOldName(),
                        (Supplier<SerialSimulator>) SitopUnit::new,
                        List.of("shutdown.stayoff", "shutdown.return")));
    }

    @ParameterizedTest
    @MethodSource("units")
    @Timeout(90)
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void differsFromTheCDriverOnlyAsDocumented(
            String name, Driver driver, Supplier<SerialSimulator> unit, List<String> commands, @TempDir Path folder)
            throws IOException {
        var comparison = DriverComparison.of(
                folder,
                name,
                driver,
                unit.get(),
                new SerialLinks(),
                request -> request.matches("[RS]") || Al175Unit.order(request),
                commands);
        comparison.isDocumented(Path.of("../../docs/drivers/industrial.md"), name);
    }
}
