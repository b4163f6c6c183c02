package org.cobnut.drivers.apcsmart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpsLinkTest {
    private final SmartUps ups = new SmartUps();

    private Session open(String... lines) throws IOException {
        return SimulatorBench.open(new ApcSmart(), ups, lines);
    }

    @ParameterizedTest
    @CsvSource({
        "08, OL",
        "10, OB",
        "50, OB LB",
        "0A, TRIM OL",
        "0C, BOOST OL",
        "28, OL OVER",
        "88, OL RB",
        "09, CAL OL",
        "00, OFF",
        "11, CAL OB"
    })
    void readsTheStatusOfEachMoment(String bits, String words) throws IOException {
        Session session = open();
        assertThat(new TestReport().poll(session).status()).containsExactly("OL");
        ups.says('Q', bits);
        assertThat(new TestReport().poll(session).status()).containsExactly(words.split(" "));
        ups.says('Q', "08");
        assertThat(new TestReport().poll(session).status()).containsExactly("OL");
    }

    @ParameterizedTest
    @CsvSource({"FF", "1G", "8", "NA", "18"})
    void takesNoStatusThatCannotBe(String bits) throws IOException {
        Session session = open();
        new TestReport().poll(session);
        ups.says('Q', bits);
        assertThatIOException().isThrownBy(() -> new TestReport().poll(session));
    }

    @Test
    void readsAnswersAmongAlerts() throws IOException {
        Session session = open();
        ups.says('Q', "!10").says('L', "%0#00.0").says('f', "0|99.0");
        var report = new TestReport().poll(session);
        assertThat(report.status()).containsExactly("OB");
        assertThat(report.values()).containsEntry("input.voltage", "000.0").containsEntry("battery.charge", "099.0");
    }

    @Test
    void forgetsWhatTheUpsDoesNotTellAnyMore() throws IOException {
        Session session = open();
        var report = new TestReport().poll(session);
        assertThat(report.values()).containsEntry("ups.temperature", "036.0");
        ups.says('C', "NA");
        assertThat(report.poll(session).values()).doesNotContainKey("ups.temperature");
    }

    @Test
    void stepsASettingOnToTheChoice() throws IOException {
        Session session = open();
        new TestReport().poll(session);
        ups.requests();
        assertThat(session.set("input.transfer.low", "196")).isEqualTo(Outcome.handled());
        assertThat(ups.requests()).containsExactly("l", "-", "l", "-", "l", "-", "l");
        assertThat(session.set("input.transfer.low", "196")).isEqualTo(Outcome.handled());
        assertThat(ups.requests()).containsExactly("l");
        assertThat(session.set("battery.runtime.low", "420")).isEqualTo(Outcome.handled());
        assertThat(session.set("ups.delay.shutdown", "60")).isEqualTo(Outcome.handled());
        assertThat(session.set("ups.test.interval", "OFF")).isEqualTo(Outcome.handled());
        assertThat(ups.value('q') + ups.value('p') + ups.value('E')).isEqualTo("07060OFF");
        assertThat(session.set("input.transfer.low", "100").code()).isEqualTo(Outcome.Code.INVALID);
        assertThat(session.set("input.voltage", "100")).isEqualTo(Outcome.unknown());
    }

    @Test
    void typesATextAnew() throws IOException {
        Session session = open();
        var report = new TestReport().poll(session);
        assertThat(report.type("ups.id").maxLength()).hasValue(8);
        ups.requests();
        assertThat(session.set("ups.id", "RACK 1")).isEqualTo(Outcome.handled());
        assertThat(ups.requests()).containsExactly("c", "-", "RACK 1");
        assertThat(report.poll(session).values()).containsEntry("ups.id", "RACK 1");
        assertThat(session.set("ups.id", "much too long").code()).isEqualTo(Outcome.Code.INVALID);
    }

    @ParameterizedTest
    @CsvSource({
        "test.battery.start, '', W",
        "test.battery.stop, '', W",
        "test.panel.start, '', A",
        "test.failure.start, '', U",
        "calibrate.start, '', Q D",
        "shutdown.return, '', S",
        "shutdown.return, at:7, @007",
        "shutdown.return, cs, Q U S",
        "shutdown.stayoff, '', K K",
        "load.off, '', Z Z",
        "load.on, '', ^N ^N",
        "bypass.start, '', ^",
    })
    void sendsACommandOnce(String command, String argument, String wire) throws IOException {
        ups.knowing('^');
        Session session = open();
        assertThat(new TestReport().poll(session).commands()).contains(command);
        ups.requests();
        assertThat(session.run(command, argument)).isEqualTo(Outcome.handled());
        assertThat(ups.requests()).containsExactly(wire.replace("^N", "\u000e").split(" "));
    }

    @Test
    void refusesWhatTheUpsCannotDo() throws IOException {
        ups.knowing('^');
        Session session = open();
        new TestReport().poll(session);
        assertThat(session.run("calibrate.stop", "").reason()).isEqualTo("no calibration is running");
        assertThat(session.run("bypass.stop", "").reason()).contains("BYP");
        assertThat(session.run("shutdown.return", "now").code()).isEqualTo(Outcome.Code.INVALID);
        ups.fault(Fault.SILENCE);
        assertThat(session.run("shutdown.return", "").reason()).isEqualTo("the UPS did not answer");
        ups.fault(Fault.NONE);
        assertThat(ups.requests().stream().filter("S"::equals)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "08, sdtype = 0, @000",
        "10, sdtype = 0, S",
        "08, sdtype = 1, S",
        "08, sdtype = 2, Z Z",
        "08, sdtype = 3, K K",
        "08, sdtype = 4, Q U S",
        "10, sdtype = 4, Q S",
        "10, sdtype = 5, @000",
        "08, awd = 12, @012",
        "08, advorder = 30, Z Z",
        "08, advorder = no, @000",
    })
    void shutsDownAsTheSectionSays(String status, String line, String wire) throws IOException {
        ups.says('Q', status);
        Session session = open(line);
        new TestReport().poll(session);
        ups.requests();
        assertThat(session.run("shutdown.default", "")).isEqualTo(Outcome.handled());
        assertThat(ups.requests()).containsExactly(("Q " + wire).split(" "));
    }

    @Test
    void refusesASectionThatMakesNoSense() {
        for (String line : List.of("sdtype = 9", "advorder = 7", "awd = x", "cshdelay = 99"))
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> open(line))
                    .withMessageContaining(line.substring(0, line.indexOf(' ')));
    }

    @Test
    void readsTheCapabilitiesOfAMatrix() {
        assertThat(Unit.choices("|##uM43123132", 'M')).isEmpty();
        assertThat(Unit.choices("##uM33123132135##e44200155090##sD11H", 'M'))
                .containsEntry('u', List.of("123", "132", "135"))
                .containsEntry('e', List.of("00", "15", "50", "90"))
                .hasSize(2);
    }

    @Test
    void readsProbesOutside() throws IOException {
        ups.knowing('H').knowing('T').says('T', "24.13,19.20").says('H', "019.2,NO");
        var values = new TestReport().poll(open()).values();
        assertThat(values)
                .containsEntry("ambient.1.temperature", "24.13")
                .containsEntry("ambient.2.temperature", "19.20")
                .containsEntry("ambient.1.humidity", "019.2")
                .doesNotContainKeys("ambient.2.humidity", "device.uptime");
        ups.says('T', "001.5");
        assertThat(new TestReport().poll(open()).values()).containsEntry("device.uptime", "5400");
    }

    /** Names that real units published, but for those that NUT has renamed since. */
    @Test
    void namesWhatRealUnitsTell() throws IOException {
        var known = new HashSet<>(Letters.names());
        known.addAll(Set.of("ups.status", "ups.mfr", "device.mfr", "device.model", "device.serial", "device.type"));
        known.addAll(Set.of(
                "ups.firmware.old",
                "output.voltage.target.battery",
                "ambient.temperature.alarm.maximum",
                "ambient.temperature.alarm.minimum",
                "ambient.humidity.alarm.maximum",
                "ambient.humidity.alarm.minimum"));
        for (String driver : List.of("apcsmart", "apcsmart-old"))
            for (var dump : FieldDumps.of(driver)) assertThat(known).containsAll(dump.keySet());
    }
}
