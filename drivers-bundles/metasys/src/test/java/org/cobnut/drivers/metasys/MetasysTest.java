package org.cobnut.drivers.metasys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.cobnut.driver.Session;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.PtyLine;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetasysTest {
    private final MetaSystemUps ups = new MetaSystemUps();

    private Session open() throws IOException {
        return SimulatorBench.open(new Metasys(), ups);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, OL, ''",
        "1, 0, OB, ''",
        "2, 0, OB LB, ''",
        "3, 0, OL BYPASS, ''",
        "0, 1, OL OVER, ''",
        "0, 5, OL RB, ''",
        "0, 2, OL, over-temperature",
        "0, 3, OL, hardware fault",
    })
    void readsTheStatusOfEachMoment(int state, int fault, String words, String alarm) throws IOException {
        Session session = open();
        var report = new TestReport();
        assertThat(report.poll(session).status()).containsExactly("OL");
        ups.says(0x03, "" + (char) state + (char) fault + "\u00a0");
        assertThat(report.poll(session).status()).containsExactly(words.split(" "));
        assertThat(String.join("", report.alarms())).isEqualTo(alarm);
        ups.says(0x03, "\0\0\u00a0");
        assertThat(report.poll(session).status()).containsExactly("OL");
    }

    @Test
    void leavesOutWhatTheUpsDoesNotHave() throws IOException {
        Session session = open();
        var report = new TestReport();
        assertThat(report.poll(session).values())
                .containsEntry("ups.load", "25.0")
                .containsEntry("output.current", "2.70")
                .containsEntry("ups.temperature", "32");
        ups.says(0x01, MetaSystemUps.words(-1, -2, -1, 40)).says(0x03, "\0\0\0");
        assertThat(report.poll(session).values())
                .doesNotContainKeys("ups.load", "output.current", "output.voltage", "ups.temperature");
    }

    @Test
    void takesNoStateThatCannotBe() throws IOException {
        Session session = open();
        ups.says(0x03, "\u0009\0\u00a0");
        assertThatIOException().isThrownBy(() -> new TestReport().poll(session));
    }

    @Test
    void namesAModelThatNobodyKnowsAfterItsNumber() throws IOException {
        ups.says(0x00, "\u0009\u0009\0\0\u0001\u0003SN1234567890");
        assertThat(new TestReport().poll(open()).values())
                .containsEntry("ups.model", "unknown (99)")
                .doesNotContainKey("ups.load");
    }

    @ParameterizedTest
    @CsvSource({
        "shutdown.return, 02070c000000000114 020a0a1e0000000100000033",
        "shutdown.stayoff, 020a0a1e000000ffffffff2e",
        "shutdown.stop, 020a0affffffffffffffff0c",
        "beeper.mute, 02030d0111",
        "beeper.enable, 02030d0010",
        "beeper.off, 02030d0111",
        "beeper.on, 02030d0010",
        "test.failure.start, 02030e0112",
        "test.failure.stop, 02030e0213",
        "test.battery.start, 02030e0011",
        "shutdown.default, 02070c000000000114 020a0a96000000010000 00ab",
    })
    void sendsACommandOnce(String command, String wire) throws IOException {
        Session session = open();
        new TestReport().poll(session);
        ups.requests();
        assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
        assertThat(hex(ups.requests())).isEqualTo(wire.replace(" ", ""));
    }

    /** What was sent, with the sums that are white space, which the simulator cuts off. */
    private static String hex(List<String> requests) {
        var text = new StringBuilder();
        for (String request : requests) {
            String content = request.substring(2, 1 + request.charAt(1));
            text.append(HexFormat.of().formatHex(MetaSystemUps.frame(content).getBytes(StandardCharsets.ISO_8859_1)));
        }
        return text.toString();
    }

    @Test
    void tellsHowABatteryTestEnded() throws IOException {
        Session session = open();
        var report = new TestReport();
        assertThat(report.poll(session).values()).containsEntry("ups.test.result", "not yet done...");
        assertThat(session.run("test.battery.start", "")).isEqualTo(Outcome.handled());
        assertThat(report.poll(session).values()).containsEntry("ups.test.result", "OK");
        ups.fault(Fault.SILENCE);
        assertThat(session.run("test.battery.start", "").code()).isEqualTo(Outcome.Code.FAILED);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readsOverALineAndSaysWhenItIsGone(@TempDir Path folder) throws IOException {
        try (var line = new PtyLine(ups, folder);
                var session = SimulatorBench.open(new Metasys(), line, new SerialLinks())) {
            assertThat(new TestReport().poll(session).status()).containsExactly("OL");
            line.hang();
            assertThatIOException().isThrownBy(() -> new TestReport().poll(session));
        }
    }
}
