package org.cobnut.drivers.powervar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cobnut.driver.Session;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.PtyLine;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowervarTest {
    private final PowervarUnit unit = new PowervarUnit();

    @Test
    void readsAUnit() throws IOException {
        try (Session session = SimulatorBench.open(new PowervarSer(), unit)) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "Powervar")
                    .containsEntry("ups.model", "UPM1500")
                    .containsEntry("ups.serial", "1234-163001")
                    .containsEntry("ups.mfr.date", "20240131")
                    .containsEntry("ups.firmware", "2.10")
                    .containsEntry("ups.id", "UPM")
                    .containsEntry("ups.load", "21")
                    .containsEntry("ups.load.high", "105")
                    .containsEntry("ups.test.interval", "1209600")
                    .containsEntry("ups.test.result", "Normal")
                    .containsEntry("ups.start.auto", "yes")
                    .containsEntry("ups.beeper.status", "enabled")
                    .containsEntry("output.current.nominal", "12")
                    .containsEntry("input.voltage", "121.3")
                    .containsEntry("input.voltage.maximum", "124.0")
                    .containsEntry("battery.voltage", "27.3")
                    .containsEntry("battery.voltage.nominal", "24")
                    .containsEntry("battery.runtime", "1500")
                    .containsEntry("battery.type", "PbAc")
                    .containsEntry("battery.date", "202401")
                    .containsEntry("device.uptime", "86400")
                    .doesNotContainKey("ups.timer.shutdown");
        }
    }

    @Test
    void followsAnOutage() throws IOException {
        try (Session session = SimulatorBench.open(new PowervarSer(), unit)) {
            var report = new TestReport();
            unit.with("BAT", "STATUS", "3");
            assertThat(report.poll(session).status())
                    .as("a battery that charges again")
                    .containsExactly("OL");
            unit.with("OUT", "SOURCE", "3").with("BAT", "STATUS", "2");
            assertThat(report.poll(session).status()).containsExactly("OB");
            unit.with("BAT", "STATUS", "3").with("SET", "OFFDLY", "20");
            assertThat(report.poll(session).status()).containsExactly("OB", "LB");
            assertThat(report.values()).containsEntry("ups.timer.shutdown", "20");
            unit.with("OUT", "SOURCE", "4").with("ALM", "TSTBAD", "1").with("ALM", "OVRLOD", "1");
            assertThat(report.poll(session).status()).containsExactly("OL", "BOOST", "RB", "OVER");
            assertThat(report.values()).containsEntry("ups.test.result", "Change Battery");
            unit.with("OUT", "SOURCE", "1").with("ALM", "TSTBAD", "0").with("ALM", "OVRLOD", "0");
            assertThat(report.poll(session).status()).containsExactly("OL");
        }
    }

    @Test
    void givesOrdersAndSettings() throws IOException {
        try (Session session = SimulatorBench.open(new PowervarSer(), unit, "offdelay = 20")) {
            var report = new TestReport().poll(session);
            assertThat(session.run("shutdown.return", "")).isEqualTo(Outcome.handled());
            assertThat(unit.orders()).containsExactly("SET.ATOSRT.W=1", "SET.OFFDLY.W=20");
            for (String command : List.of("shutdown.stop", "load.on.delay", "beeper.mute", "test.panel.start"))
                session.run(command, "");
            assertThat(unit.orders())
                    .containsExactly("SET.OFFSTP.W=1", "SET.SRTDLY.W=1", "SET.AUDIBL.W=2", "TST.DISP.W=10");
            assertThat(session.set("ups.delay.shutdown", "30")).isEqualTo(Outcome.handled());
            session.run("shutdown.default", "");
            session.run("shutdown.stayoff", "");
            assertThat(unit.orders()).containsExactly("SET.OFFDLY.W=30", "SET.ATOSRT.W=0", "SET.OFFDLY.W=30");
            assertThat(session.set("battery.date", "202511")).isEqualTo(Outcome.handled());
            assertThat(session.set("ups.start.auto", "no")).isEqualTo(Outcome.handled());
            assertThat(session.set("battery.date", "soon").code()).isEqualTo(Outcome.Code.INVALID);
            assertThat(unit.orders()).containsExactly("SYS.BATDTE.W=202511", "SET.ATOSRT.W=0");
            assertThat(report.poll(session).values())
                    .containsEntry("battery.date", "202511")
                    .containsEntry("ups.start.auto", "no")
                    .containsEntry("ups.beeper.status", "muted");
            unit.without("TST", "BATQCK");
            assertThat(session.run("test.battery.start.quick", "").reason()).contains("does not understand");
        }
    }

    @Test
    void offersWhatTheUnitHas() throws IOException {
        unit.without("SET", "ATOSRT", "SRTDLY", "RSTINP").without("TST", "DISP").without("UID", "MFGDT");
        try (Session session = SimulatorBench.open(new PowervarSer(), unit)) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.commands())
                    .contains("shutdown.return", "load.off")
                    .doesNotContain("shutdown.stayoff", "load.on", "reset.input.minmax", "test.panel.start");
            assertThat(report.values()).doesNotContainKey("ups.start.auto").containsEntry("ups.mfr.date", "163");
        }
        assertThatThrownBy(() -> SimulatorBench.open(new PowervarSer(), unit.with("PID", "PROT", "XYZ")))
                .hasMessageContaining("speaks XYZ");
    }

    @Test
    void readsAUnitOnALine(@TempDir Path folder) throws IOException {
        try (var line = new PtyLine(unit.with("OUT", "SOURCE", "3"), folder);
                Session session = SimulatorBench.open(new PowervarSer(), line, new SerialLinks())) {
            assertThat(new TestReport().poll(session).status()).containsExactly("OB");
        }
    }
}
