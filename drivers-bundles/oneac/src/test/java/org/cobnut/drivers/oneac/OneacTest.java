package org.cobnut.drivers.oneac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class OneacTest {
    @Test
    void readsALargeUnit() throws IOException {
        try (Session session = SimulatorBench.open(new Oneac(), OneacUnit.oz())) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "ONEAC")
                    .containsEntry("ups.model", "ONm1000")
                    .containsEntry("ups.serial", "1234-5678")
                    .containsEntry("battery.runtime", "2520")
                    .containsEntry("battery.voltage", "27.3")
                    .containsEntry("battery.charge", "87")
                    .containsEntry("ups.load", "25")
                    .containsEntry("input.transfer.low.max", "120")
                    .containsEntry("input.transfer.high.min", "110")
                    .containsEntry("battery.runtime.low", "300")
                    .containsEntry("ups.start.auto", "yes")
                    .containsEntry("ups.beeper.status", "enabled")
                    .doesNotContainKeys("ups.timer.shutdown", "ups.timer.start");
        }
    }

    @Test
    void readsTheSmallFamilies() throws IOException {
        try (Session session = SimulatorBench.open(new Oneac(), OneacUnit.eg())) {
            var report = new TestReport().poll(session);
            assertThat(report.values()).containsEntry("ups.model", "EG").doesNotContainKey("ups.load");
            assertThat(report.commands()).doesNotContain("reset.input.minmax", "beeper.mute");
        }
        try (Session session = SimulatorBench.open(new Oneac(), OneacUnit.on())) {
            var report = new TestReport().poll(session);
            assertThat(report.values()).containsEntry("input.voltage", "121").containsEntry("ups.load", "25");
        }
    }

    @Test
    void followsAnOutage() throws IOException {
        OneacUnit unit = OneacUnit.oz();
        try (Session session = SimulatorBench.open(new Oneac(), unit)) {
            var report = new TestReport();
            unit.at(12, "A").at(13, "B");
            assertThat(report.poll(session).status()).containsExactly("OB");
            assertThat(report.values()).containsEntry("input.transfer.reason", "Blackout");
            unit.at(12, "c").at(15, "030").says("}", "00030");
            assertThat(report.poll(session).status()).containsExactly("OB", "LB", "FSD");
            assertThat(report.alarms()).containsExactly("OVERHEAT");
            assertThat(report.values()).containsEntry("ups.timer.shutdown", "30");
            unit.at(12, "H").at(15, "...").says("}", ".....").at(47, "Y");
            assertThat(report.poll(session).status()).containsExactly("OL", "RB", "BOOST");
            unit.at(12, "@").at(47, "N");
            assertThat(report.poll(session).status()).containsExactly("OL");
        }
    }

    @Test
    void givesOrders() throws IOException {
        OneacUnit unit = OneacUnit.oz();
        try (Session session = SimulatorBench.open(new Oneac(), unit, "offdelay = 20", "testtime = 5")) {
            new TestReport().poll(session);
            for (String command : List.of(
                    "shutdown.return",
                    "test.battery.start.quick",
                    "test.battery.stop",
                    "beeper.mute",
                    "shutdown.default")) assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
            assertThat(session.set("ups.delay.shutdown", "300")).isEqualTo(Outcome.handled());
            assertThat(session.run("shutdown.return", "")).isEqualTo(Outcome.handled());
            assertThat(session.set("input.transfer.low", "100")).isEqualTo(Outcome.handled());
            assertThat(session.set("battery.runtime.low", "600")).isEqualTo(Outcome.handled());
            assertThat(session.set("ups.start.auto", "no")).isEqualTo(Outcome.handled());
            assertThat(session.set("battery.date", "yesterday").code()).isEqualTo(Outcome.Code.INVALID);
            assertThat(unit.orders())
                    .containsExactly(
                            "Z20", "\u000205", "\u0001", "\u00072", "\u000f\u0006", "Z300", "[=100,140", "\"=10", "<1");
        }
        OneacUnit small = OneacUnit.eg().says("Z000", "#");
        try (Session session = SimulatorBench.open(new Oneac(), small)) {
            assertThat(session.run("shutdown.return", "").code()).isEqualTo(Outcome.Code.FAILED);
            assertThat(small.requests()).contains("Z000");
        }
    }

    @Test
    void refusesAnotherDevice() {
        assertThatThrownBy(() -> SimulatorBench.open(new Oneac(), OneacUnit.eg().says("F", "XX")))
                .hasMessageContaining("no family of Oneac");
    }

    static Stream<Arguments> units() {
        return Stream.of(
                Arguments.of("EG", (Supplier<OneacUnit>) OneacUnit::eg),
                Arguments.of("ON", (Supplier<OneacUnit>) OneacUnit::on),
                Arguments.of("OZ", (Supplier<OneacUnit>) OneacUnit::oz));
    }

    @ParameterizedTest
    @MethodSource("units")
    @Timeout(60)
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void differsFromTheCDriverOnlyAsDocumented(String name, Supplier<OneacUnit> unit, @TempDir Path folder)
            throws IOException {
        var comparison = DriverComparison.of(
                folder,
                "oneac",
                new Oneac(),
                unit.get(),
                new SerialLinks(),
                request -> request.matches("(?s)(Z|\u0002|\u0001|\u000f|R).*"),
                // Debian's throws away what it has not sent yet when it asks a unit of OZ its many questions
                name.equals("OZ")
                        ? List.of()
                        : List.of("shutdown.return", "test.battery.start.quick", "test.battery.stop", "shutdown.stop"));
        comparison.isDocumented(Path.of("../../docs/drivers/oneac.md"), name);
    }
}
