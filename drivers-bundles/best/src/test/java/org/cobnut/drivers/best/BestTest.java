package org.cobnut.drivers.best;

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
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BestTest {
    @Test
    void readsAFortressByItsConfiguration() throws IOException {
        try (Session session = SimulatorBench.open(new BestFcom(), BestUnit.fortress2())) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "Best Power")
                    .containsEntry("ups.model", "FortressII LI720")
                    .containsEntry("ups.power.nominal", "720")
                    .containsEntry("ups.realpower.nominal", "470")
                    .containsEntry("input.voltage", "116")
                    .containsEntry("output.current", "2.3")
                    .containsEntry("ups.power", "266")
                    .containsEntry("ups.load", "37.0")
                    .containsEntry("battery.voltage", "26.5")
                    .containsEntry("battery.runtime", "1140")
                    .containsEntry("input.frequency", "60.00");
        }
    }

    @Test
    void readsAFerrupsByItsName() throws IOException {
        try (Session session = SimulatorBench.open(new BestFcom(), BestUnit.ferrups())) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.values())
                    .containsEntry("ups.model", "Ferrups FE4300")
                    .containsEntry("battery.voltage.nominal", "54.02")
                    .containsEntry("ups.temperature", "22.0")
                    .containsEntry("ups.load", "28.0");
        }
        assertThatThrownBy(() ->
                        SimulatorBench.open(new BestFcom(), BestUnit.ferrups().says("id", "Unit ID \"XY1\"")))
                .hasMessageContaining("no model that the driver knows");
    }

    @Test
    void readsAMicroFerrupsAndAnOldFortress() throws IOException {
        try (Session session = SimulatorBench.open(new BestUferrups(), BestUnit.micro())) {
            assertThat(new TestReport().poll(session).values())
                    .containsEntry("ups.model", "Micro Ferrups (ME) 3100")
                    .containsEntry("battery.charge", "81.1")
                    .containsEntry("ambient.temperature", "22.0");
        }
        try (Session session = SimulatorBench.open(new BestFortress(), BestUnit.fortress(), "max_load = 1000")) {
            assertThat(new TestReport().poll(session).values())
                    .containsEntry("input.voltage", "238")
                    .containsEntry("battery.voltage", "26.7")
                    .containsEntry("ups.load", "4")
                    .containsEntry("ups.temperature", "30")
                    .containsEntry("input.transfer.low", "");
        }
    }

    @Test
    void followsAnOutage() throws IOException {
        BestUnit unit = BestUnit.fortress2();
        try (Session session = SimulatorBench.open(new BestFcom(), unit)) {
            var report = new TestReport();
            unit.at(16, "01").at(24, "0000");
            assertThat(report.poll(session).status()).containsExactly("OB");
            unit.at(50, "0215");
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            unit.at(16, "00").at(50, "0265").at(20, "6404");
            assertThat(report.poll(session).status()).containsExactly("OL", "RB", "OVER");
        }
        BestUnit old = BestUnit.fortress();
        try (Session session = SimulatorBench.open(new BestFortress(), old)) {
            var report = new TestReport();
            old.at(17, "1").at(21, "8");
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            old.at(17, "0").at(21, "0").at(33, "1");
            assertThat(report.poll(session).status()).containsExactly("OL", "TRIM");
        }
    }

    @Test
    void givesOrders() throws IOException {
        BestUnit unit = BestUnit.fortress();
        try (Session session = SimulatorBench.open(new BestFortress(), unit)) {
            var report = new TestReport().poll(session);
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders()).containsExactly("p999=2639", "p1=1", "p999=", "OFF10");
            assertThat(session.set("input.transfer.low", "190")).isEqualTo(Outcome.handled());
            assertThat(report.poll(session).values()).containsEntry("input.transfer.low", "190");
            assertThat(session.set("input.transfer.high", "260").code()).isEqualTo(Outcome.Code.FAILED);
            assertThat(session.set("input.transfer.high", "x").code()).isEqualTo(Outcome.Code.INVALID);
        }
        BestUnit ferrups = BestUnit.ferrups();
        try (Session session = SimulatorBench.open(new BestFcom(), ferrups)) {
            session.run("shutdown.default", "");
            assertThat(ferrups.orders()).containsExactly("pw377", "o 10 a");
        }
    }

    static Stream<Arguments> units() {
        return Stream.of(
                Arguments.of("bestfcom", new BestFcom(), (Supplier<BestUnit>) BestUnit::fortress2, List.of()),
                Arguments.of("bestuferrups", new BestUferrups(), (Supplier<BestUnit>) BestUnit::micro, List.of()),
                Arguments.of(
                        "bestfortress",
                        new BestFortress(),
                        (Supplier<BestUnit>) BestUnit::fortress,
                        List.of("load.off")));
    }

    @ParameterizedTest
    @MethodSource("units")
    @Timeout(90)
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void differsFromTheCDriverOnlyAsDocumented(
            String name, Driver driver, Supplier<BestUnit> unit, List<String> commands, @TempDir Path folder)
            throws IOException {
        var comparison = DriverComparison.of(
                folder,
                name,
                driver,
                unit.get(),
                new SerialLinks(),
                request -> request.matches("(p\\d|OFF).*"),
                commands);
        comparison.isDocumented(Path.of("../../docs/drivers/best.md"), name);
    }
}
