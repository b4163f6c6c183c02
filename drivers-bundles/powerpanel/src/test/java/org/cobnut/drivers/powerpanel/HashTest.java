package org.cobnut.drivers.powerpanel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashTest {
    private final HashUps ups = new HashUps();

    private Session open() throws IOException {
        return SimulatorBench.open(new NutdrvHashx(), ups);
    }

    @ParameterizedTest
    @CsvSource({
        "8084d08080c0, OL HB, resting, ''",
        "8084908080c0, OL HB, charging, ''",
        "8880888880c0, CAL OB HB, discharging, ''",
        "c083888880c0, OB HB, discharging, ''",
        "c0838c80a0c0, OB LB, discharging, ''",
        "e0838c80a0c0, OB LB, discharging, 'Battery is critically low, UPS is about to turn off!'",
        "80849480c0c0, OL HB OFF, charging, ''",
    })
    void readsTheFlags(String hex, String words, String charger, String alarm) throws IOException {
        Session session = open();
        var report = new TestReport();
        assertThat(report.poll(session).status()).containsExactly("OL", "HB");
        byte[] bytes = HexFormat.of().parseHex(hex);
        ups.flags(IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xff).toArray());
        assertThat(report.poll(session).status()).containsExactly(words.split(" "));
        assertThat(report.values()).containsEntry("battery.charger.status", charger);
        assertThat(String.join("", report.alarms())).isEqualTo(alarm);
    }

    @Test
    void readsAllThatItTells() throws IOException {
        assertThat(new TestReport().poll(open()).values())
                .containsEntry("ups.model", "1200")
                .containsEntry("ups.firmware", "PE02022.002")
                .containsEntry("input.voltage.nominal", "230")
                .containsEntry("input.voltage.high.critical", "290")
                .containsEntry("input.voltage.low.critical", "162")
                .containsEntry("ups.power.nominal", "1200")
                .containsEntry("ups.realpower.nominal", "720")
                .containsEntry("input.frequency.low", "40.0")
                .containsEntry("output.current.nominal", "5.2")
                .containsEntry("input.voltage", "239.0")
                .containsEntry("output.frequency", "50.1")
                .containsEntry("battery.runtime", "2400");
    }

    @ParameterizedTest
    @CsvSource({
        "beeper.enable, K60:1",
        "beeper.disable, K60:0",
        "test.battery.start.quick, A",
        "test.battery.stop, KA",
        "experimental.test.beeper.start, AU",
        "experimental.test.beeper.stop, KA",
        "calibrate.stop, KA",
    })
    void sendsACommandOnce(String command, String wire) throws IOException {
        Session session = open();
        assertThat(new TestReport().poll(session).commands()).contains(command);
        ups.requests();
        assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
        assertThat(ups.requests()).containsExactly(wire);
    }

    @Test
    void refusesWhatTheUpsRefuses() throws IOException {
        Session session = open();
        new TestReport().poll(session);
        assertThat(session.run("test.battery.start.deep", "").code()).isEqualTo(Outcome.Code.FAILED);
        assertThat(session.run("shutdown.default", "").reason()).contains("nobody knows");
    }

    @Test
    void takesNoUpsThatMakesAnotherHash() {
        ups.says("X19", "#0123456789ABCDEF\r");
        assertThatIOException().isThrownBy(this::open).withMessageContaining("#74279F35A48F5F13");
    }
}
