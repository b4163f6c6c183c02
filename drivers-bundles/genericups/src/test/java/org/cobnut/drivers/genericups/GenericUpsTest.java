package org.cobnut.drivers.genericups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.AnswerTable;
import org.cobnut.testkit.serial.PtyLine;
import org.cobnut.testkit.serial.SimulatedLine;
import org.cobnut.testkit.serial.SimulatedLine.ModemLines;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenericUpsTest {
    private final ModemLines modem = new ModemLines();

    private Session open(String... lines) throws IOException {
        Driver driver = new GenericUps();
        var device = new AnswerTable("\r");
        return driver.open(
                SimulatorBench.settings(driver, lines),
                SimulatorBench.links(parameters -> new SimulatedLine(device, parameters, modem)));
    }

    @Test
    void followsTheLinesFromMainsToLowBatteryAndBack() throws IOException {
        Session session = open("upstype = 7");
        var report = new TestReport();
        modem.inputs(true, false, true, false);
        assertThat(report.poll(session).status()).containsExactly("OL");
        modem.inputs(false, false, true, false);
        assertThat(report.poll(session).status()).containsExactly("OB");
        modem.inputs(false, false, false, false);
        assertThat(report.poll(session).status()).containsExactly("OB", "LB");
        modem.inputs(true, false, true, false);
        assertThat(report.poll(session).status()).containsExactly("OL");
        assertThat(report.values()).containsEntry("ups.mfr", "CyberPower").containsEntry("ups.model", "Power99");
    }

    @Test
    void takesWhatTheSectionSaysOfTheLines() throws IOException {
        Session session =
                open("upstype=1", "OL=-CTS+DSR", "LB=NULL", "RB=RI", "BYPASS=-dcd", "mfr=A", "model=B", "serial=C");
        var report = new TestReport();
        modem.inputs(false, true, true, false);
        assertThat(report.poll(session).status()).containsExactly("OL");
        modem.inputs(false, false, false, true);
        assertThat(report.poll(session).status()).containsExactly("OB", "RB", "BYPASS");
        assertThat(report.values())
                .containsEntry("ups.mfr", "A")
                .containsEntry("ups.model", "B")
                .containsEntry("ups.serial", "C");
    }

    @ParameterizedTest
    @CsvSource({
        "upstype=0, SD=RTS, 'dtr 0'",
        "upstype=1, SD=rts, 'dtr 0,rts 1'",
        "upstype=2, SD=DTR+RTS, 'dtr 1'",
        "upstype=11, sdtime=0, 'break 4901'",
        "upstype=4, sdtime=1, 'rts 0'",
        "upstype=1, SD=BREAK, 'break 4901'",
        "upstype=1, SD=NULL, 'dtr 0'",
    })
    void switchesOffByTheLinesOfTheType(String type, String line, String events) throws IOException {
        Session session = open(type, line);
        modem.events();
        assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
        assertThat(modem.events()).containsExactly(events.split(","));
    }

    @Test
    void saysWhenNobodyKnowsHowToSwitchOff() throws IOException {
        Outcome outcome = open("upstype = 8").run("shutdown.default", "");
        assertThat(outcome.code()).isEqualTo(Outcome.Code.FAILED);
        assertThat(outcome.reason()).contains("SD");
    }

    @ParameterizedTest
    @CsvSource({"upstype=24, upstype", "OL=CTS, upstype", "upstype=1;SD=XX, SD", "upstype=1;OL=DTR, OL"})
    void refusesASectionThatMakesNoSense(String lines, String option) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(lines.split(";")))
                .withMessageContaining("'" + option + "'");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void refusesAPortWithoutModemLines(@TempDir Path folder) throws IOException {
        try (var line = new PtyLine(new AnswerTable("\r"), folder)) {
            assertThatIOException()
                    .isThrownBy(() -> SimulatorBench.open(new GenericUps(), line, new SerialLinks(), "upstype = 7"))
                    .withMessageContaining("has no line DTR");
        }
    }

    @Test
    void namesWhatRealUnitsTell() throws IOException {
        var names = new TestReport()
                .poll(open("upstype = 7", "serial = 1"))
                .values()
                .keySet();
        for (var dump : FieldDumps.of("genericups")) {
            dump.keySet().removeIf(name -> name.equals("ups.status") || name.startsWith("device."));
            assertThat(names).containsAll(dump.keySet());
        }
    }
}
