package org.cobnut.drivers.microsol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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

class MicrosolTest {
    @Test
    void readsASolis() throws IOException {
        try (Session session = SimulatorBench.open(new Solis(), MicrosolUnit.solis(0xAD))) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "Microsol")
                    .containsEntry("ups.model", "Solis 1.5")
                    .containsEntry("input.voltage", "218.4")
                    .containsEntry("input.frequency", "60.0")
                    .containsEntry("input.transfer.low", "150.0")
                    .containsEntry("output.voltage", "213.4")
                    .containsEntry("battery.voltage", "27.1")
                    .containsEntry("battery.charge", "100.0")
                    .containsEntry("ups.load", "20.9")
                    .containsEntry("ups.temperature", "30.00");
        }
    }

    @Test
    void followsAnOutage() throws IOException {
        MicrosolUnit unit = MicrosolUnit.solis(0xAD);
        try (Session session = SimulatorBench.open(new Solis(), unit)) {
            var report = new TestReport();
            assertThat(report.poll(session).status()).containsExactly("OL");
            unit.with(20, 0x69).with(6, 0);
            assertThat(report.poll(session).status()).containsExactly("OB");
            assertThat(report.values()).containsEntry("input.voltage", "0.0");
            unit.with(3, 150);
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            unit.with(20, 0xFD).with(3, 190);
            assertThat(report.poll(session).status()).containsExactly("OB", "LB", "OVER");
            assertThat(report.alarms()).containsExactly("OVERHEAT");
            unit.with(20, 0x49).with(6, 180);
            assertThat(report.poll(session).status()).containsExactly("OL");
        }
    }

    @Test
    void goesOffAsTheMainsAreThen() throws IOException {
        MicrosolUnit unit = MicrosolUnit.solis(0xAD);
        try (Session session = SimulatorBench.open(new Solis(), unit)) {
            new TestReport().poll(session);
            for (String command : List.of("shutdown.return", "shutdown.stayoff", "shutdown.default"))
                assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
            unit.with(20, 0x69);
            new TestReport().poll(session);
            session.run("shutdown.default", "");
            assertThat(unit.orders()).containsExactly("de", "dd", "de", "dd");
        }
    }

    @Test
    void readsABackUpsOfBrazil() throws IOException {
        MicrosolUnit unit = MicrosolUnit.apc(190);
        try (Session session = SimulatorBench.open(new MicrosolApc(), unit)) {
            var report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL", "CHRG");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "APC")
                    .containsEntry("ups.model", "BZ1500-BR")
                    .containsEntry("output.voltage", "134.8")
                    .containsEntry("output.power", "445.2")
                    .containsEntry("output.realpower", "72.6")
                    .containsEntry("battery.charge", "83.7")
                    .containsEntry("input.frequency", "59.9");
            unit.with(20, 0x69);
            assertThat(report.poll(session).status()).containsExactly("OB");
        }
        try (Session session = SimulatorBench.open(new Solis(), MicrosolUnit.apc(186))) {
            assertThat(new TestReport().poll(session).values())
                    .containsEntry("ups.model", "Microsol Back-Ups BZ1200-BR");
        }
        assertThatThrownBy(() -> SimulatorBench.open(new MicrosolApc(), MicrosolUnit.apc(0xA1)))
                .hasMessageContaining("model 161");
    }

    @Test
    void drivesARhino() throws IOException {
        MicrosolUnit unit = MicrosolUnit.rhino();
        try (Session session = SimulatorBench.open(new Rhino(Duration.ofMillis(10)), unit)) {
            var report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.model", "Rhino 10.0 kVA")
                    .containsEntry("input.frequency", "60.0")
                    .containsEntry("outlet.switchable", "yes");
            unit.with(35, 0x02).with(34, 0x40);
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            session.run("bypass.start", "");
            assertThat(unit.requests()).hasSize(5).allMatch(order -> order.startsWith("\1\5"));
            session.run("shutdown.stayoff", "");
            assertThat(unit.requests()).hasSize(5).allMatch(order -> order.startsWith("\1\4"));
        }
    }

    static Stream<Arguments> units() {
        return Stream.of(
                Arguments.of("solis", new Solis(), (Supplier<MicrosolUnit>) () -> MicrosolUnit.solis(0xAD)),
                Arguments.of("microsol-apc", new MicrosolApc(), (Supplier<MicrosolUnit>) () -> MicrosolUnit.apc(190)),
                Arguments.of("rhino", new Rhino(), (Supplier<MicrosolUnit>) MicrosolUnit::rhino));
    }

    @ParameterizedTest
    @MethodSource("units")
    @Timeout(60)
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void differsFromTheCDriverOnlyAsDocumented(
            String name, Driver driver, Supplier<MicrosolUnit> unit, @TempDir Path folder) throws IOException {
        var comparison = DriverComparison.of(
                folder,
                name,
                driver,
                unit.get(),
                new SerialLinks(),
                request -> !request.startsWith("\u00cc"),
                // Debian's microsol-apc throws away what it has not sent yet
                name.equals("microsol-apc") ? List.of() : List.of("shutdown.return", "load.off"));
        comparison.isDocumented(Path.of("../../docs/drivers/microsol.md"), name);
    }
}
