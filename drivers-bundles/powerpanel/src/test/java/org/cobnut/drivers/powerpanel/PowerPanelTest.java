package org.cobnut.drivers.powerpanel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.cobnut.driver.Session;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.PtyLine;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerPanelTest {
    private static Session open(SerialSimulator ups, String... lines) throws IOException {
        return SimulatorBench.open(new PowerPanel(), ups, lines);
    }

    @ParameterizedTest
    @CsvSource({
        "80, 119.0, OL",
        "40, 000.0, OB",
        "60, 000.0, OB LB",
        "88, 119.0, OL TEST",
        "80, 130.0, OL TRIM",
        "80, 100.0, OL BOOST",
        "00, 119.0, OL OFF",
    })
    void readsTheStatusOfAUpsThatSpeaksText(String flags, String input, String words) throws IOException {
        var ups = new TextUps();
        Session session = open(ups);
        assertThat(new TestReport().poll(session).status()).containsExactly("OL");
        char byteOfFlags = (char) Integer.parseInt(flags, 16);
        ups.says("D", "#I" + input + "O119.0L023B100T027F060.0S" + byteOfFlags + "\u0084\r");
        assertThat(new TestReport().poll(session).status()).containsExactly(words.split(" "));
        ups.says("D", TextUps.STATUS);
        assertThat(new TestReport().poll(session).status()).containsExactly("OL");
    }

    @ParameterizedTest
    @CsvSource({"01, OL", "81, OB", "C1, OB LB", "05, OL TEST", "00, OL OFF"})
    void readsTheStatusOfAUpsThatSpeaksBytes(String flags, String words) throws IOException {
        var ups = BinaryUps.pr();
        Session session = open(ups);
        ups.flags(Integer.parseInt(flags, 16));
        assertThat(new TestReport().poll(session).status()).containsExactly(words.split(" "));
    }

    @Test
    void readsAllThatALongStatusTells() throws IOException {
        var ups = new TextUps();
        ups.says("D", "#I118.1O118.1L13B100V27.5F60.0HF59.9R65Q1.4S\u0080\u0084\u00c0\u0088\u0080W\r");
        assertThat(new TestReport().poll(open(ups)).values())
                .containsEntry("battery.voltage", "27.5")
                .containsEntry("battery.voltage.nominal", "24.0")
                .containsEntry("input.frequency", "60.0")
                .containsEntry("output.frequency", "59.9")
                .containsEntry("battery.runtime", "3900")
                .containsEntry("ups.load", "13");
    }

    @Test
    void showsWhatTheInverterMakesOnBattery() throws IOException {
        var ups = BinaryUps.op().flags(0x81);
        Session session = open(ups);
        assertThat(session.set("output.voltage.nominal", "110").code()).isEqualTo(Outcome.Code.UNKNOWN);
        assertThat(new TestReport().poll(session).values()).containsEntry("output.voltage", "120");
        assertThat(session.set("output.voltage.nominal", "110")).isEqualTo(Outcome.handled());
        new TestReport().poll(session);
        assertThat(new TestReport().poll(session).values()).containsEntry("output.voltage", "110");
    }

    @ParameterizedTest
    @CsvSource({
        "test.battery.start.quick, T",
        "test.battery.start.deep, TL",
        "test.battery.stop, CT",
        "beeper.enable, C7:1",
        "beeper.disable, C7:0",
        "shutdown.stop, C",
        "shutdown.return, Z.5",
        "shutdown.stayoff, S.5",
        "shutdown.reboot, S.5R0003",
    })
    void sendsACommandInTextOnce(String command, String wire) throws IOException {
        var ups = new TextUps();
        Session session = open(ups, "offdelay = 33", "ondelay = 3");
        assertThat(new TestReport().poll(session).commands()).contains(command);
        ups.requests();
        assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
        assertThat(ups.requests()).containsExactly(wire);
        ups.fault(Fault.SILENCE);
        assertThat(session.run(command, "").reason()).isEqualTo("the UPS did not answer");
        assertThat(ups.requests()).containsExactly(wire);
    }

    @ParameterizedTest
    @CsvSource({
        "test.battery.start.quick, T\u0098",
        "test.battery.stop, CT",
        "beeper.toggle, B",
        "shutdown.stop, C",
        "shutdown.stayoff, S__W",
        "shutdown.reboot, S__R_\u0001W",
    })
    void sendsACommandInBytesOnce(String command, String wire) throws IOException {
        var ups = BinaryUps.pr();
        Session session = open(ups);
        assertThat(new TestReport().poll(session).commands()).contains(command);
        ups.requests();
        assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
        assertThat(ups.requests()).containsExactly(wire.replace('_', '\0'));
    }

    @Test
    void writesASetting() throws IOException {
        var text = new TextUps();
        Session session = open(text);
        var report = new TestReport().poll(session);
        assertThat(report.type("input.transfer.low").choices()).containsExactly("80", "88", "90", "95");
        text.requests();
        assertThat(session.set("input.transfer.low", "90")).isEqualTo(Outcome.handled());
        assertThat(session.set("battery.charge.low", "25")).isEqualTo(Outcome.handled());
        assertThat(session.set("input.transfer.low", "91").code()).isEqualTo(Outcome.Code.INVALID);
        assertThat(text.requests()).containsExactly("C3:090", "C4:25");

        var bytes = BinaryUps.op();
        Session other = open(bytes);
        report = new TestReport().poll(other);
        bytes.requests();
        assertThat(other.set("input.transfer.low", "86")).isEqualTo(Outcome.handled());
        assertThat(bytes.requests()).containsExactly("Q\u0004\u00fc");
        assertThat(report.poll(other).values()).containsEntry("input.transfer.low", "86");
    }

    @Test
    void shutsDownInTheWayThatTheUpsHas() throws IOException {
        var text = new TextUps();
        Session session = open(text);
        assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
        assertThat(text.requests()).endsWith("Z01");
        var bytes = BinaryUps.pr();
        session = open(bytes);
        assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
        assertThat(bytes.requests()).endsWith("S\0\0R\0\u0001W");
        bytes.flags(0x81);
        assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
        assertThat(bytes.requests()).endsWith("S\0\0W");
    }

    @Test
    void showsWhatTheOperatorStates() throws IOException {
        var values = new TestReport()
                .poll(open(BinaryUps.op(), "protocol = binary", "manufacturer = A", "model = B", "serial = C"))
                .values();
        assertThat(values)
                .containsEntry("ups.mfr", "A")
                .containsEntry("ups.model", "B")
                .containsEntry("ups.serial", "C");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(new TextUps(), "offdelay = 3"))
                .withMessageContaining("'offdelay'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(BinaryUps.op(), "ondelay = 3"))
                .withMessageContaining("ondelay");
        assertThatIOException()
                .isThrownBy(() -> open(BinaryUps.op(), "protocol = text"))
                .withMessageContaining("no UPS of CyberPower answers");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void findsTheSpeedOfALine(@TempDir Path folder) throws IOException {
        try (var line = new PtyLine(BinaryUps.op(), folder);
                var session = SimulatorBench.open(new PowerPanel(), line, new SerialLinks())) {
            assertThat(new TestReport().poll(session).status()).containsExactly("OL");
            line.hang();
            assertThatIOException().isThrownBy(() -> new TestReport().poll(session));
        }
    }

    @Test
    void namesWhatRealUnitsTell() throws IOException {
        var names = new HashSet<>(Set.of("ups.status"));
        names.addAll(new TestReport().poll(open(new TextUps())).values().keySet());
        names.addAll(new TestReport().poll(open(BinaryUps.op())).values().keySet());
        for (var dump : FieldDumps.of("powerpanel")) {
            dump.keySet().removeIf(name -> name.startsWith("device."));
            assertThat(names).containsAll(dump.keySet());
        }
    }
}
