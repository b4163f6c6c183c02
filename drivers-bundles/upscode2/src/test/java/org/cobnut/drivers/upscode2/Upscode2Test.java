package org.cobnut.drivers.upscode2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.PtyLine;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Upscode2Test {
    @Test
    void readsAUnit() throws IOException {
        try (Session session = SimulatorBench.open(new Upscode2(), Upscode2Unit.one(), "manufacturer = Powerware")) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "Powerware")
                    .containsEntry("ups.model", "PRESTIGE 3000")
                    .containsEntry("ups.serial", "4711")
                    .containsEntry("ups.date", "2024/03/07")
                    .containsEntry("input.voltage", "231.00")
                    .containsEntry("output.realpower", "450.00")
                    .containsEntry("output.realpower.nominal", "2100.00")
                    .containsEntry("ups.load", "25.0")
                    .containsEntry("battery.charge", "70.6")
                    .containsEntry("battery.runtime", "2734")
                    .containsEntry("ups.delay.shutdown", "10")
                    .containsEntry("ups.delay.reboot", "60")
                    .containsEntry("output.phases", "1")
                    .doesNotContainKey("dischargeCurrent");
        }
    }

    @Test
    void knowsTheNamesThatRealUnitsTold() throws IOException {
        // The last one is a slip of the C driver of 2.2, which has the right name, too.
        var known = new TreeSet<>(Set.of(
                "ups.status",
                "ups.alarm",
                "device.mfr",
                "device.model",
                "device.serial",
                "device.type",
                "input.voltage.minimim"));
        try (Session session = SimulatorBench.open(new Upscode2(), Upscode2Unit.one())) {
            known.addAll(new TestReport().poll(session).values().keySet());
        }
        known.addAll(Upscode2Unit.names()); // no unit tells all of them
        for (var dump : FieldDumps.of("upscode2")) assertThat(known).containsAll(dump.keySet());
    }

    @Test
    void namesThePhasesWhereThereAreThree() throws IOException {
        try (Session session = SimulatorBench.open(new Upscode2(), Upscode2Unit.three())) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.values())
                    .containsEntry("input.L1-N.voltage", "231.00")
                    .containsEntry("output.L1-N.voltage", "230.00")
                    .containsEntry("output.L3.current", "5.00")
                    .containsEntry("output.realpower.nominal", "6300.00")
                    .containsEntry("output.L1.realpower.percent", "21.4")
                    .containsEntry("ups.load", "50.0")
                    .doesNotContainKey("input.voltage");
        }
    }

    @Test
    void followsAnOutage() throws IOException {
        Upscode2Unit unit = Upscode2Unit.one();
        try (Session session = SimulatorBench.open(new Upscode2(), unit)) {
            var report = new TestReport();
            unit.with("STUF", "11").with("BTIME", "12");
            assertThat(report.poll(session).status()).containsExactly("OB");
            assertThat(report.values()).containsEntry("battery.runtime", "720");
            unit.with("STBL", "11").without("MOFFF").with("STMF", "BY OL").with("MOFFF", "50");
            assertThat(report.poll(session).status()).containsExactly("OB", "LB", "OVER");
            assertThat(report.alarms()).containsExactly("Battery failure");
            unit.with("STUF", "00").with("STBL", "00").with("STMF", "00").with("STBP", "11");
            assertThat(report.poll(session).status()).containsExactly("OL", "BYPASS");
            assertThat(report.alarms()).isEmpty();
        }
    }

    @Test
    void givesOrdersAndSets() throws IOException {
        Upscode2Unit unit = Upscode2Unit.one();
        try (Session session = SimulatorBench.open(new Upscode2(), unit)) {
            var report = new TestReport().poll(session);
            for (String command : List.of("shutdown.return", "shutdown.stop", "test.battery.start", "shutdown.default"))
                assertThat(session.run(command, "")).as(command).isEqualTo(Outcome.handled());
            assertThat(session.run("shutdown.stayoff", "")).isEqualTo(Outcome.unknown());
            assertThat(unit.orders())
                    .containsExactly("UPPF IJHLDMGCIU", "UPPU", "UPBT 1", "UPPC IJHLDMGCIU", "UPPC IJHLDMGCIU");
            assertThat(session.set("ups.delay.shutdown", "30")).isEqualTo(Outcome.handled());
            assertThat(report.poll(session).values()).containsEntry("ups.delay.shutdown", "30");
            assertThat(session.set("ups.delay.reboot", "soon").code()).isEqualTo(Outcome.Code.INVALID);
        }
    }

    static Stream<Arguments> units() {
        return Stream.of(
                Arguments.of("one phase", (Supplier<Upscode2Unit>) Upscode2Unit::one),
                Arguments.of("three phases", (Supplier<Upscode2Unit>) Upscode2Unit::three));
    }

    @ParameterizedTest
    @MethodSource("units")
    @Timeout(90)
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void differsFromTheCDriverOnlyAsDocumented(String name, Supplier<Upscode2Unit> unit, @TempDir Path folder)
            throws IOException {
        Assumptions.assumeTrue(DebianDriver.installed("upscode2"), "Debian's NUT is not installed");
        // 2.8.0 cuts the ends of lines off only where it says so, at this level of debugging
        DriverFacts theirs;
        try (var line = new PtyLine(unit.get(), folder);
                var debian = DebianDriver.start(folder, "upscode2", line.port(), "debug_min = 3")) {
            theirs = debian.facts();
        }
        try (Session session = SimulatorBench.open(new Upscode2(), unit.get())) {
            DriverFacts ours = DriverFacts.of(new TestReport().poll(session));
            assertThat(theirs.differences(ours))
                    .isEqualTo(DriverFacts.documented(Path.of("../../docs/drivers/upscode2.md"), name));
        }
    }
}
