package org.cobnut.drivers.masterguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.cobnut.driver.Session;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.AnswerTable;
import org.cobnut.testkit.serial.DriverComparison;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class MasterguardTest {
    private static TestReport poll(AnswerTable unit, String... lines) throws IOException {
        try (Session session = SimulatorBench.open(new Masterguard(), unit, lines)) {
            return new TestReport().poll(session);
        }
    }

    @Test
    void readsAUnit() throws IOException {
        TestReport report = poll(MasterguardUnit.full());
        assertThat(report.status()).containsExactly("OL");
        assertThat(report.values())
                .containsEntry("ups.mfr", "MASTERGUARD")
                .containsEntry("ups.model", "Masterguard A700")
                .containsEntry("ups.firmware", "1.23")
                .containsEntry("output.current", "001.6")
                .containsEntry("battery.voltage", "2.26")
                .containsEntry("battery.runtime", "0045")
                .containsEntry("battery.charge", "098");
    }

    @Test
    void readsAnOldUnit() throws IOException {
        AnswerTable unit = MasterguardUnit.old();
        assertThat(poll(unit).values())
                .containsEntry("ups.model", "unknown")
                .containsEntry("ups.load", "016")
                .containsEntry("battery.voltage", "26.0")
                .doesNotContainKeys("battery.charge", "ups.firmware");
        assertThat(poll(unit.says("WH", "NAK\r")).values())
                .containsEntry("ups.model", "GenericUPS")
                .containsEntry("ups.firmware", "unkn");
        assertThat(poll(unit.says("WH", ("1.0 " + "Masterguard S" + " ".repeat(60)).substring(0, 53) + "\r"))
                        .values())
                .containsEntry("ups.model", "Masterguard")
                .containsEntry("ups.firmware", "1.0");
    }

    @Test
    void followsAnOutage() throws IOException {
        AnswerTable unit = MasterguardUnit.full();
        try (Session session = SimulatorBench.open(new Masterguard(), unit)) {
            var report = new TestReport();
            assertThat(report.poll(session).status()).containsExactly("OL");
            unit.says("Q3", MasterguardUnit.Q3.replace("00000000 00000000", "10000000 00000000") + "\r");
            assertThat(report.poll(session).status()).containsExactly("OB");
            unit.says("Q3", MasterguardUnit.Q3.replace("00000000 00000000", "11000000 00000000") + "\r");
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            unit.says("Q3", MasterguardUnit.Q3.replace("00000000 00000000", "00100000 00000000") + "\r");
            assertThat(report.poll(session).status()).containsExactly("OL", "BOOST");
        }
    }

    @Test
    void shutsDownAndCallsAShutdownOff() throws IOException {
        AnswerTable unit = MasterguardUnit.full();
        try (Session session = SimulatorBench.open(new Masterguard(), unit, "CS")) {
            assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
            assertThat(unit.requests()).contains("C").endsWith("S.2R0001");
        }
    }

    @Test
    void knowsTheNamesThatRealUnitsTold() throws IOException {
        Set<String> known = new TreeSet<>(Set.of("ups.status"));
        known.addAll(poll(MasterguardUnit.old()).values().keySet());
        for (SortedMap<String, String> dump : FieldDumps.of("masterguard"))
            assertThat(known).containsAll(dump.keySet());
    }

    /** NUT's driver sleeps 3 s in each poll. */
    @Test
    @Timeout(60)
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void differsFromTheCDriverOnlyAsDocumented(@TempDir Path folder) throws IOException {
        var comparison = DriverComparison.of(
                folder,
                "masterguard",
                new Masterguard(),
                MasterguardUnit.full(),
                new SerialLinks(),
                request -> false,
                List.of());
        comparison.isDocumented(Path.of("../../docs/drivers/masterguard.md"), "masterguard");
    }
}
