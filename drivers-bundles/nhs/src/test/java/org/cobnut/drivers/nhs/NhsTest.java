package org.cobnut.drivers.nhs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
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

class NhsTest {
    private static Session open(NhsUps ups, String... lines) throws IOException {
        return SimulatorBench.open(new NhsSer(), ups, lines);
    }

    @ParameterizedTest
    @CsvSource({
        "00, 127, OL",
        "80, 127, OL CHRG",
        "01, 127, OB",
        "03, 10, OB LB",
        "04, 127, OB DISCHRG",
        "00, 80, OB DISCHRG",
        "08, 127, OB",
        "40, 127, OL BYPASS",
    })
    void readsTheStatusOfEachMoment(String bits, int volts, String words) throws IOException {
        var ups = new NhsUps(true);
        Session session = open(ups, "ah = 18");
        assertThat(new TestReport().poll(session).status()).containsExactly("OL");
        ups.now(Integer.parseInt(bits, 16), volts);
        assertThat(new TestReport().poll(session).status()).containsExactly(words.split(" "));
        ups.now(0, 127);
        assertThat(new TestReport().poll(session).status()).containsExactly("OL");
    }

    @Test
    void raisesAlarms() throws IOException {
        var ups = new NhsUps(true).now(0x4f, 0);
        assertThat(new TestReport().poll(open(ups, "ah = 18")).alarms())
                .containsExactly("[LOW BATTERY]", "[ON BYPASS]", "[NETWORK FAILURE]", "[FAST NETWORK FAILURE]");
    }

    @Test
    void readsAllThatPacketsTell() throws IOException {
        assertThat(new TestReport().poll(open(new NhsUps(true), "ah = 18")).values())
                .containsEntry("ups.model", "PDV SENOIDAL 1500VA")
                .containsEntry("ups.serial", "NHS-2024-0000042")
                .containsEntry("ups.firmware", "7")
                .containsEntry("ups.firmware.aux", "2")
                .containsEntry("ups.beeper.status", "enabled")
                .containsEntry("input.voltage", "127.50")
                .containsEntry("input.voltage.minimum", "120.00")
                .containsEntry("input.voltage.maximum", "130.00")
                .containsEntry("output.voltage", "115.00")
                .containsEntry("output.voltage.nominal", "115")
                .containsEntry("input.transfer.low", "90")
                .containsEntry("input.transfer.high", "145")
                .containsEntry("input.voltage.low.warning", "93.60")
                .containsEntry("input.voltage.low.critical", "91.80")
                .containsEntry("battery.voltage", "13.50")
                .containsEntry("battery.charge", "100")
                .containsEntry("battery.packs", "2")
                .containsEntry("ups.load", "25")
                .containsEntry("ups.temperature", "33.50")
                .containsEntry("ups.power.nominal", "1500")
                .containsEntry("ups.realpower", "338")
                .containsEntry("battery.runtime", "2304")
                .containsEntry("battery.charger.status", "RESTING");
    }

    @Test
    void takesTheShortFormAfterTheLongWasNotAnswered() throws IOException {
        var ups = new NhsUps(false);
        assertThat(new TestReport().poll(open(ups, "ah = 18", "numbat = 4")).values())
                .containsEntry("ups.model", "PDV SENOIDAL 1500VA")
                .containsEntry("battery.packs", "4")
                .doesNotContainKey("ups.serial");
    }

    @Test
    void findsPacketsInAStreamThatBeganBefore() throws IOException {
        var ups = new NhsUps(true);
        Session session = open(ups, "ah = 18");
        new TestReport().poll(session);
        String packet = ups.data();
        ups.send(packet.substring(7) + packet + packet.substring(0, 9));
        assertThat(new TestReport().poll(session).status()).containsExactly("OL");
        ups.send(packet.substring(9));
        assertThat(new TestReport().poll(session).status()).containsExactly("OL");
    }

    @Test
    void hasNoWayToSwitchOff() throws IOException {
        Session session = open(new NhsUps(true), "ah = 18");
        assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.unknown());
        assertThat(new TestReport().poll(session).commands()).isEmpty();
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(new NhsUps(true)))
                .withMessageContaining("'ah'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(new NhsUps(true), "ah = 18", "pf = much"))
                .withMessageContaining("'pf'");
        var ups = new NhsUps(true);
        Session session = open(ups, "ah = 18");
        ups.fault(Fault.SILENCE);
        assertThatIOException()
                .isThrownBy(() -> new TestReport().poll(session))
                .withMessageContaining("it sent no readings");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readsOverALineAndSaysWhenItIsGone(@TempDir Path folder) throws IOException {
        try (var line = new PtyLine(new NhsUps(true), folder);
                var session = SimulatorBench.open(new NhsSer(), line, new SerialLinks(), "ah = 18")) {
            assertThat(new TestReport().poll(session).status()).containsExactly("OL");
            line.hang();
            assertThatIOException().isThrownBy(() -> {
                new TestReport().poll(session);
                new TestReport().poll(session);
            });
        }
    }
}
