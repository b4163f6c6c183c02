package org.cobnut.drivers.liebert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.cobnut.driver.Session;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.DriverComparison;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.cobnut.testkit.serial.SimulatedLine;
import org.cobnut.testkit.serial.SimulatedLine.ModemLines;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LiebertTest {
    private final MultiLinkUps ups = new MultiLinkUps();
    private final ModemLines modem = new ModemLines();

    private Session open(String... lines) throws IOException {
        var driver = new Liebert();
        return driver.open(
                SimulatorBench.settings(driver, lines),
                SimulatorBench.links(parameters -> new SimulatedLine(ups, parameters, modem)));
    }

    /** The status after this many polls. */
    private static List<String> after(int polls, TestReport report, Session session) throws IOException {
        for (int i = 0; i < polls; i++) report.poll(session);
        return report.status();
    }

    @Test
    void believesAContactThatItSeesFourTimes() throws IOException {
        try (Session session = open()) {
            var report = new TestReport();
            assertThat(after(1, report, session)).containsExactly("OL");
            ups.onBattery = true;
            assertThat(after(3, report, session)).containsExactly("OL");
            assertThat(after(1, report, session)).containsExactly("OB");
            modem.inputs(false, false, true, false);
            assertThat(after(3, report, session)).containsExactly("OB");
            assertThat(after(1, report, session)).containsExactly("OB", "LB");
            ups.onBattery = false;
            modem.inputs(false, false, false, false);
            assertThat(after(2, report, session)).containsExactly("OB", "LB");
            ups.onBattery = true;
            assertThat(after(1, report, session)).containsExactly("OB", "LB");
            ups.onBattery = false;
            assertThat(after(4, report, session)).containsExactly("OL");
        }
    }

    @Test
    void takesNoiseForNoContact() throws IOException {
        try (Session session = open()) {
            ups.onBattery = true;
            ups.fault(Fault.CORRUPT);
            assertThat(after(5, new TestReport(), session)).containsExactly("OL");
        }
    }

    @Test
    void raisesBothLinesAndSaysWhatItIsTold() throws IOException {
        try (Session session = open("mfr = Emerson", "model = PowerSure")) {
            assertThat(modem.dtr()).isTrue();
            assertThat(modem.rts()).isTrue();
            assertThat(new TestReport().poll(session).values())
                    .containsEntry("ups.mfr", "Emerson")
                    .containsEntry("ups.model", "PowerSure");
            assertThat(session.run("shutdown.default", "").reason()).contains("cannot be switched off");
        }
    }

    @Test
    void knowsTheNamesThatRealUnitsTold() throws IOException {
        for (SortedMap<String, String> dump : FieldDumps.of("liebert"))
            assertThat(Set.of("device.mfr", "device.model", "device.type", "ups.mfr", "ups.model", "ups.status"))
                    .containsAll(dump.keySet());
    }

    @Test
    @Timeout(60)
    void saysWhatTheCDriverSays(@TempDir Path folder) throws IOException {
        var comparison = DriverComparison.of(
                folder, "liebert", new Liebert(), ups, new SerialLinks(), request -> false, List.of());
        comparison.isDocumented(Path.of("../../docs/drivers/liebert.md"), "liebert");
    }
}
