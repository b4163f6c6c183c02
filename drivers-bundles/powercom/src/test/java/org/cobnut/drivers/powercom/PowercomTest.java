package org.cobnut.drivers.powercom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SerialComparison;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PowercomTest {
    @Test
    void readsATrust() throws IOException {
        try (Session session = SimulatorBench.open(new Powercom(), PowercomUnit.trust(), "modelname = PW-4130M")) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "PowerCom")
                    .containsEntry("ups.model", "PW-4130M")
                    .containsEntry("input.voltage", "230.5")
                    .containsEntry("input.frequency", "49.61")
                    .containsEntry("ups.load", "51.9")
                    .containsEntry("battery.charge", "95.2");
        }
    }

    @Test
    void knowsTheNamesThatRealUnitsTold() throws IOException {
        var known = new TreeSet<>(Set.of("ups.status", "device.mfr", "device.model", "device.serial", "device.type"));
        try (Session session = SimulatorBench.open(new Powercom(), PowercomUnit.trust(), "serialnumber = 4711")) {
            known.addAll(new TestReport().poll(session).values().keySet());
        }
        try (Session session = SimulatorBench.open(new Powercom(), PowercomUnit.kin(), "type = KIN")) {
            known.addAll(new TestReport().poll(session).values().keySet());
        }
        for (var dump : FieldDumps.of("powercom")) assertThat(known).containsAll(dump.keySet());
    }

    @Test
    void knowsWhatAUnitIs() throws IOException {
        try (Session session = SimulatorBench.open(new Powercom(), PowercomUnit.kin(), "type = KIN")) {
            assertThat(new TestReport().poll(session).values())
                    .containsEntry("ups.model", "KIN-1500AP")
                    .containsEntry("input.voltage.nominal", "230")
                    .containsEntry("input.voltage", "225.4")
                    .containsEntry("ups.load", "33.9")
                    .containsEntry("battery.charge", "85.0");
        }
        try (Session session = SimulatorBench.open(new Powercom(), PowercomUnit.imp(), "type = IMP")) {
            assertThat(new TestReport().poll(session).values())
                    .containsEntry("ups.model", "IMP-1025AP")
                    .containsEntry("input.voltage", "220.0")
                    .containsEntry("battery.charge", "98.0");
        }
        try (Session session = SimulatorBench.open(new Powercom(), PowercomUnit.bnt(), "type = BNT")) {
            assertThat(new TestReport().poll(session).values())
                    .containsEntry("ups.model", "BNT-1000AP")
                    .containsEntry("input.voltage", "229.0")
                    .containsEntry("ups.load", "32.0");
        }
        assertThatThrownBy(() -> SimulatorBench.open(
                        new Powercom(), PowercomUnit.trust(), "type = BNT", "numOfBytesFromUPS = 11"))
                .hasMessageContaining("no answer of a unit of type BNT");
    }

    @Test
    void followsAnOutage() throws IOException {
        PowercomUnit unit = PowercomUnit.kin();
        try (Session session = SimulatorBench.open(new Powercom(), unit, "type = KIN")) {
            var report = new TestReport();
            unit.with(9, 0x01).with(3, 10);
            assertThat(report.poll(session).status()).containsExactly("OB");
            assertThat(report.values()).containsEntry("output.voltage", "274.4");
            unit.with(9, 0x23);
            assertThat(report.poll(session).status()).containsExactly("OB", "LB", "OVER");
            unit.with(9, 0x08).with(10, 0x06).with(2, 120);
            assertThat(report.poll(session).status()).containsExactly("OL", "BOOST", "RB", "TEST");
            unit.with(9, 0x80).with(10, 0);
            assertThat(report.poll(session).status()).containsExactly("OFF");
        }
    }

    @Test
    void givesOrders() throws IOException {
        PowercomUnit unit = PowercomUnit.trust();
        try (Session session = SimulatorBench.open(new Powercom(), unit)) {
            session.run("shutdown.default", "");
            session.run("shutdown.stayoff", "");
            session.run("test.battery.start", "");
            assertThat(unit.orders()).isEqualTo("b9 bc 0a ba 0a 03");
        }
        PowercomUnit smart = PowercomUnit.imp();
        try (Session session =
                SimulatorBench.open(new Powercom(), smart, "type = IMP", "shutdownArguments = {{2,15},y}")) {
            session.run("shutdown.return", "");
            assertThat(smart.orders()).isEqualTo("b9 bc 02 0f");
        }
    }

    @Test
    void saysWhatASectionHasWrong() {
        assertThatThrownBy(() -> SimulatorBench.open(new Powercom(), PowercomUnit.trust(), "voltage = {1,2}"))
                .hasMessageContaining("option 'voltage' is not 4 numbers in braces");
        assertThatThrownBy(
                        () -> SimulatorBench.open(new Powercom(), PowercomUnit.trust(), "validationSequence = {{5,0}}"))
                .hasMessageContaining("option 'validationSequence' is not understood");
        assertThatThrownBy(() -> SimulatorBench.open(new Powercom(), PowercomUnit.trust(), "linevoltage = 150"))
                .hasMessageContaining("linevoltage is neither");
    }

    static Stream<Arguments> units() {
        return Stream.of(
                Arguments.of("Trust", (Supplier<PowercomUnit>) PowercomUnit::trust),
                Arguments.of("KIN", (Supplier<PowercomUnit>) PowercomUnit::kin),
                Arguments.of("IMP", (Supplier<PowercomUnit>) PowercomUnit::imp),
                Arguments.of("BNT", (Supplier<PowercomUnit>) PowercomUnit::bnt));
    }

    @ParameterizedTest
    @MethodSource("units")
    @Timeout(60)
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void differsFromTheCDriverOnlyAsDocumented(String type, Supplier<PowercomUnit> unit, @TempDir Path folder)
            throws IOException {
        List<String> differences =
                List.copyOf(SerialComparison.differences(folder, "powercom", new Powercom(), unit, "type = " + type));
        assertThat(differences)
                .isEqualTo(List.copyOf(DriverFacts.documented(Path.of("../../docs/drivers/powercom.md"), type)));
    }
}
