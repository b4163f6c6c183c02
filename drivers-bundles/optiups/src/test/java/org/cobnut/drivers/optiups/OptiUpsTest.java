package org.cobnut.drivers.optiups;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
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

class OptiUpsTest {
    @Test
    void readsAUnit() throws IOException {
        try (Session session = SimulatorBench.open(new OptiUps(), OptiUnit.opti())) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "OPTI-UPS")
                    .containsEntry("ups.model", "PowerES 420E")
                    .containsEntry("ups.firmware", "1.23")
                    .containsEntry("input.voltage", "119")
                    .containsEntry("input.frequency", "60.0")
                    .containsEntry("ups.load", "25.0")
                    .containsEntry("battery.voltage", "12.7")
                    .containsEntry("battery.charge", "88.5")
                    .doesNotContainKeys("ups.serial", "ups.temperature");
        }
    }

    @Test
    void readsAZinto() throws IOException {
        OptiUnit unit = OptiUnit.zinto();
        try (Session session = SimulatorBench.open(new OptiUps(), unit)) {
            var report = new TestReport().poll(session);
            assertThat(report.values())
                    .containsEntry("ups.mfr", "ONLINE USV-Systeme AG")
                    .containsEntry("ups.model", "Zinto D1000")
                    .containsEntry("input.voltage", "230.0")
                    .containsEntry("output.frequency", "50.0")
                    .containsEntry("outlet.1.switch", "1");
            assertThat(unit.orders()).containsExactly("Om11", "Om21", "ON");
            assertThat(session.set("outlet.1.switch", "0")).isEqualTo(Outcome.handled());
            assertThat(session.run("shutdown.return", "")).isEqualTo(Outcome.handled());
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders())
                    .containsExactly("Oi10", "Ct1", "Cu0000010", "Cs0000001", "Ct1", "Cu0000060", "Cs0000030");
        }
    }

    @Test
    void followsAnOutage() throws IOException {
        OptiUnit unit = OptiUnit.opti();
        try (Session session = SimulatorBench.open(new OptiUps(), unit)) {
            var report = new TestReport();
            assertThat(report.poll(session).status()).containsExactly("OL");
            unit.says("AG", "20");
            assertThat(report.poll(session).status()).containsExactly("OB");
            unit.says("AG", "78");
            assertThat(report.poll(session).status()).containsExactly("OVER", "RB", "OB", "LB");
            unit.says("AG", "02");
            assertThat(report.poll(session).status()).containsExactly("OL", "OFF");
        }
        try (Session session = SimulatorBench.open(new OptiUps(), unit, "status_only", "fake_lowbatt")) {
            var report = new TestReport().poll(session);
            assertThat(report.status()).contains("LB");
            assertThat(report.values()).doesNotContainKey("input.voltage");
        }
    }

    @Test
    void givesOrders() throws IOException {
        OptiUnit unit = OptiUnit.opti();
        try (Session session = SimulatorBench.open(new OptiUps(), unit)) {
            new TestReport().poll(session);
            for (String command : List.of("test.failure.start", "load.off", "shutdown.stop", "shutdown.default"))
                assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
            unit.says("AG", "20");
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders())
                    .containsExactly(
                            "Ts",
                            "Ct0",
                            "Cs00000000",
                            "Cs-0000001",
                            "Ct1",
                            "Cu00000600",
                            "Cs00000080",
                            "Ct1",
                            "Cs00000080");
        }
    }

    static Stream<Arguments> units() {
        return Stream.of(
                Arguments.of("opti", (Supplier<OptiUnit>) OptiUnit::opti),
                Arguments.of("zinto", (Supplier<OptiUnit>) OptiUnit::zinto));
    }

    @ParameterizedTest
    @MethodSource("units")
    @Timeout(60)
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void differsFromTheCDriverOnlyAsDocumented(String name, Supplier<OptiUnit> unit, @TempDir Path folder)
            throws IOException {
        var comparison = DriverComparison.of(
                folder,
                "optiups",
                new OptiUps(),
                unit.get(),
                new SerialLinks(),
                request -> request.matches("(C[stu]|Ts).*"),
                List.of("test.failure.start", "load.on", "shutdown.return", "shutdown.stayoff"));
        comparison.isDocumented(Path.of("../../docs/drivers/optiups.md"), name);
    }
}
