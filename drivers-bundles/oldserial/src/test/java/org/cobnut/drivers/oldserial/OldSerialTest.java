package org.cobnut.drivers.oldserial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.DriverComparison;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OldSerialTest {
    @Test
    void followsAnOutageOfAnEta() throws IOException {
        var unit = new EtaUnit();
        try (Session session = SimulatorBench.open(new EtaPro(), unit)) {
            var report = new TestReport();
            assertThat(report.poll(session).status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "ETA")
                    .containsEntry("ups.mfr.date", "1998-12")
                    .containsEntry("input.voltage", "243.5")
                    .containsEntry("battery.voltage", "13.18")
                    .containsEntry("ups.load", "24.7");
            unit.with("SO", 6);
            assertThat(report.poll(session).status()).containsExactly("OB");
            unit.with("SO", 2);
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            unit.with("SO", 0x37).with("SL", 0xAB);
            assertThat(report.poll(session).status()).containsExactly("OL", "BOOST", "RB", "OVER");
            unit.with("SO", 5).with("SL", 0);
            assertThat(report.poll(session).status()).containsExactly("OFF");
            unit.with("SO", 7);
            assertThat(report.poll(session).status()).containsExactly("OL");
        }
    }

    @Test
    void saysWhenAnEtaDoesNotAcknowledge() throws IOException {
        var unit = new EtaUnit();
        try (Session session = SimulatorBench.open(new EtaPro(), unit)) {
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(unit.requests()).containsExactly("RN0019", "RO000A");
            unit.fault(SerialSimulator.Fault.SILENCE);
            assertThat(session.run("load.off", "").reason()).contains("RO0001");
        }
    }

    @Test
    void followsAnOutageOfAnEver() throws IOException {
        var unit = new EverUnit();
        try (Session session = SimulatorBench.open(new EverUps(), unit)) {
            var report = new TestReport();
            assertThat(report.poll(session).status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.model", "NET 700-DPC (new)")
                    .containsEntry("input.voltage", "235")
                    .containsEntry("battery.voltage", "12.90")
                    .containsEntry("battery.charge", "84.0");
            unit.with(4, 200, 0);
            assertThat(report.poll(session).status()).containsExactly("OB");
            assertThat(report.values()).containsEntry("battery.charge", "74.6");
            unit.with(4, 170, 0);
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            unit.with(1, 170, 828);
            assertThat(report.poll(session).status()).containsExactly("OL");
            unit.requests();
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(unit.requests()).containsExactly("\u00d0", "\u001c\u0001", "\u00d0", "\r\b");
        }
    }

    @Test
    void followsAnOutageOfASolaBasic() throws IOException {
        var unit = new IsbUnit();
        try (Session session = SimulatorBench.open(new Isbmex(), unit)) {
            var report = new TestReport();
            assertThat(report.poll(session).status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("input.voltage", "118.8")
                    .containsEntry("input.frequency", "60.00")
                    .containsEntry("battery.charge", "100.0");
            unit.with(0, "\0\0").with(2, "\u00c0").with(5, "01");
            assertThat(report.poll(session).status()).containsExactly("OB");
            assertThat(report.values()).containsEntry("input.voltage", "0.0").containsEntry("battery.charge", "51.1");
            unit.with(5, "02");
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            unit.with(0, "\u0019\0").with(5, "10");
            assertThat(report.poll(session).status()).containsExactly("OL", "BOOST");
            unit.with(0, "`\0").with(5, "20");
            assertThat(report.poll(session).status()).containsExactly("OL", "TRIM");
            assertThat(report.values()).containsEntry("input.voltage", "140.0");
        }
    }

    @Test
    void takesTheSunForTheMainsOfAnIvt() throws IOException {
        var unit = new IvtUnit();
        try (Session session = SimulatorBench.open(new IvtScd(), unit)) {
            var report = new TestReport();
            assertThat(report.poll(session).status()).containsExactly("OL");
            unit.with("11.90", "-1.9");
            assertThat(report.poll(session).status()).containsExactly("OB");
            unit.with("10.79", "-1.9");
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            unit.requests();
            assertThat(session.run("reset.input.minmax", "")).isEqualTo(Outcome.handled());
            assertThat(unit.requests()).containsExactly("L");
        }
        unit.with("23.10", "-1.9");
        try (Session session = SimulatorBench.open(new IvtScd(), unit, "default.battery.voltage.low = 23.5")) {
            assertThat(new TestReport().poll(session).status()).containsExactly("OB", "LB");
        }
        assertThatThrownBy(() -> SimulatorBench.open(new IvtScd(), unit, "override.battery.voltage.low = much"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("battery.voltage.low = much");
    }

    @Test
    void knowsTheNamesThatRealUnitsTold() throws IOException {
        Set<String> known = new TreeSet<>(Set.of("ups.status"));
        try (Session session = SimulatorBench.open(new IvtScd(), new IvtUnit())) {
            known.addAll(new TestReport().poll(session).values().keySet());
        }
        List<SortedMap<String, String>> dumps = FieldDumps.of("ivtscd");
        for (SortedMap<String, String> dump : dumps) assertThat(known).containsAll(dump.keySet());
    }

    static Stream<Arguments> units() {
        return Stream.of(
                Arguments.of("etapro", new EtaPro(), (Supplier<SerialSimulator>) EtaUnit::new, List.of("load.off")),
                Arguments.of("everups", new EverUps(), (Supplier<SerialSimulator>) EverUnit::new, List.of()),
                Arguments.of("isbmex", new Isbmex(), (Supplier<SerialSimulator>) IsbUnit::new, List.of()),
                Arguments.of(
                        "ivtscd",
                        new IvtScd(),
                        (Supplier<SerialSimulator>) IvtUnit::new,
                        List.of("reset.input.minmax")));
    }

    @ParameterizedTest
    @MethodSource("units")
    @Timeout(60)
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
                request -> request.matches("RN.*|RO.*|L"),
                commands);
        comparison.isDocumented(Path.of("../../docs/drivers/oldserial.md"), name);
    }
}
