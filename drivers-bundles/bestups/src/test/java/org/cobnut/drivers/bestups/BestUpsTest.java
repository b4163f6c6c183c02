package org.cobnut.drivers.bestups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import org.cobnut.testkit.serial.DriverComparison;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BestUpsTest {
    private final BestUnit unit = new BestUnit();

    private TestReport poll(String... lines) throws IOException {
        try (Session session = SimulatorBench.open(new BestUps(), unit, lines)) {
            return new TestReport().poll(session);
        }
    }

    @Test
    void readsAUnit() throws IOException {
        TestReport report = poll();
        assertThat(report.status()).containsExactly("OL");
        assertThat(report.values())
                .containsEntry("ups.mfr", "Best Power")
                .containsEntry("ups.model", "Patriot Pro 750")
                .containsEntry("input.voltage.nominal", "230")
                .containsEntry("battery.voltage.nominal", "24")
                .containsEntry("battery.voltage", "27.1")
                .containsEntry("battery.charge", "93.4")
                .containsEntry("ups.load", "024")
                .containsEntry("ups.temperature", "25.0");
    }

    @ParameterizedTest
    @CsvSource({
        "FOR, Best Power, Fortress 750",
        "FTC, Best Power, Fortress Telecom 750",
        "PR2, Best Power, Patriot Pro II 750",
        "610, Best Power, 610 750",
        "AX1, Best Power, Axxium Rackmount 750",
        "325, Sola Australia, Sola 325 750",
        "XYZ, Unknown, Unknown XYZ (750)",
    })
    void knowsTheModels(String letters, String maker, String model) throws IOException {
        unit.identity = letters + ",750,230,230,20.0,27.6";
        assertThat(poll().values()).containsEntry("ups.mfr", maker).containsEntry("ups.model", model);
    }

    @Test
    void takesAnIdentityFromTheSection() throws IOException {
        unit.identity = "";
        assertThat(poll("ID = 610,1500,120,120,1.7,2.4", "battvoltmult = 12", "nombattvolt = 30")
                        .values())
                .containsEntry("ups.model", "610 1500")
                .containsEntry("battery.voltage.nominal", "24")
                .containsEntry("battery.voltage", "325.2")
                .containsEntry("battery.charge", "89.8");
        assertThatIllegalArgumentException().isThrownBy(() -> poll("ID = 610")).withMessageContaining("six parts");
    }

    @Test
    void followsAnOutage() throws IOException {
        try (Session session = SimulatorBench.open(new BestUps(), unit)) {
            var report = new TestReport();
            assertThat(report.poll(session).status()).containsExactly("OL");
            unit.status = "(000.0 195.0 230.0 024 50.0 24.1 XX.X 10000000";
            assertThat(report.poll(session).status()).containsExactly("OB");
            assertThat(report.values()).doesNotContainKey("ups.temperature");
            unit.status = "(000.0 195.0 230.0 024 50.0 20.1 25.0 11000000";
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            unit.status = "(208.0 195.0 230.0 024 50.0 27.1 25.0 00000000";
            assertThat(report.poll(session).status()).containsExactly("OL", "BOOST");
            unit.status = "(248.0 195.0 230.0 024 50.0 27.1 25.0 00000000";
            assertThat(report.poll(session).status()).containsExactly("OL", "TRIM");
        }
    }

    @Test
    void givesOrders() throws IOException {
        try (Session session = SimulatorBench.open(new BestUps(), unit)) {
            assertThat(unit.orders()).containsExactly("C");
            for (String command : List.of("test.battery.start", "test.battery.stop", "shutdown.default"))
                assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders()).containsExactly("T", "CT", "S01R0001");
        }
    }

    @Test
    void knowsTheNamesThatRealUnitsTold() throws IOException {
        Set<String> known = new TreeSet<>(Set.of("device.mfr", "device.model", "device.type", "ups.status"));
        known.addAll(poll().values().keySet());
        for (SortedMap<String, String> dump : FieldDumps.of("bestups"))
            assertThat(known).containsAll(dump.keySet());
    }

    @Test
    @Timeout(60)
    void differsFromTheCDriverOnlyAsDocumented(@TempDir Path folder) throws IOException {
        var comparison = DriverComparison.of(
                folder,
                "bestups",
                new BestUps(),
                unit,
                new SerialLinks(),
                request -> request.matches("[CT].*"),
                List.of("test.battery.start", "test.battery.stop"));
        comparison.isDocumented(Path.of("../../docs/drivers/bestups.md"), "bestups");
    }
}
