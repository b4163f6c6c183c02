package org.cobnut.drivers.apcupsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.cobnut.driver.Options;
import org.cobnut.driver.Settings;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.record.Conversation;
import org.cobnut.link.record.ReplayedLink;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApcupsdSessionTest {
    @Test
    void tellsEveryKeyInTheWordsOfNut() throws IOException {
        TestReport report = new TestReport().poll(Nis.of(Nis.SMART).session());

        assertThat(report.status()).containsExactly("TRIM", "OL");
        assertThat(report.stale()).isEmpty();
        assertThat(report.values())
                .hasSize(Items.ALL.size() + 1)
                .containsEntry("ups.mfr", "APC")
                .containsEntry("ups.model", "Smart-UPS 1500")
                .containsEntry("ups.firmware", "70.11.I")
                .containsEntry("ups.firmware.aux", "2.4")
                .containsEntry("ups.date", "2026-02-09")
                .containsEntry("ups.time", "21:13:11")
                .containsEntry("battery.runtime", "7710.0")
                .containsEntry("battery.runtime.low", "180")
                .containsEntry("input.sensitivity", "H")
                .containsEntry("output.current", "1.27")
                .containsEntry("ups.realpower.nominal", "980.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void readsRecordsInAnyPieces(int chunk) throws IOException {
        assertThat(new TestReport().poll(Nis.of(Nis.SMART).session(chunk)).values())
                .isEqualTo(new TestReport().poll(Nis.of(Nis.SMART).session()).values());
    }

    @Test
    void asksAtMostEveryTenSeconds() throws IOException {
        Nis nis = Nis.of(Nis.SMART);
        var session = nis.session();
        var report = new TestReport().poll(session);
        nis.says(Nis.records(Nis.SMART.replace("TRIM ONLINE", "ONBATT LOWBATT")));

        nis.pass(ApcupsdSession.INTERVAL.minusMillis(1));
        assertThat(report.poll(session).status()).containsExactly("TRIM", "OL");
        assertThat(nis.asked()).isOne();

        nis.pass(Duration.ofMillis(1));
        assertThat(report.poll(session).status()).containsExactly("OB", "LB");
        assertThat(nis.asked()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "ONLINE, OL",
        "ONBATT SHUTTING DOWN, LB OB",
        "CAL BOOST ONLINE OVERLOAD REPLACEBATT, CAL BOOST OL OVER RB",
        "ONLINE NOBATT, OL BYPASS",
        "SELFTEST, OB",
        "ONLINE SLAVE, OL",
    })
    void turnsTheWordsOfStatus(String theirs, String ours) throws IOException {
        Nis nis = Nis.of(Nis.SMART.replace("TRIM ONLINE", theirs));
        assertThat(String.join(" ", new TestReport().poll(nis.session()).status()))
                .isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "COMMLOST, apcupsd has lost its UPS",
        "NETWORK ERROR, apcupsd says NETWORK ERROR",
        "'', apcupsd has not read its UPS yet",
    })
    void isStaleWhileApcupsdKnowsNothing(String status, String reason) throws IOException {
        Nis nis = Nis.of(Nis.SMART.replace("TRIM ONLINE", status));
        assertThat(new TestReport().poll(nis.session()).stale()).hasValue(reason);
    }

    @Test
    void leavesOutTheZerosOfBeforeItsFirstPoll() throws IOException {
        Nis nis = Nis.of(Nis.SMART.replaceAll(
                "(?m)^((?:LINEV|LOADPCT|BCHARGE|TIMELEFT|BATTV|OUTPUTV|ITEMP|LINEFREQ) *: )\\S+", "$10.0"));
        TestReport report = new TestReport().poll(nis.session());

        assertThat(report.stale()).hasValue("apcupsd has not read its UPS yet");
        assertThat(report.values())
                .doesNotContainKeys("battery.charge", "battery.runtime", "battery.voltage", "input.voltage", "ups.load")
                .containsKeys("ups.model", "battery.charge.low");
    }

    @Test
    void believesASingleZero() throws IOException {
        Nis nis = Nis.of(Nis.SMART.replace("247.0", "0.0").replace("TRIM ONLINE", "ONBATT"));
        TestReport report = new TestReport().poll(nis.session());

        assertThat(report.value("input.voltage")).hasValue("0.0");
        assertThat(report.stale()).isEmpty();
    }

    @Test
    void dropsWhatIsNotSaidAnyMoreButKeepsChargeAndRuntime() throws IOException {
        Nis nis = Nis.of(Nis.SMART);
        var session = nis.session();
        var report = new TestReport().poll(session);

        nis.says(Nis.records("STATUS : ONLINE\nBATTV : N/A\n"));
        nis.pass(ApcupsdSession.INTERVAL);
        assertThat(report.poll(session).values())
                .containsOnlyKeys(
                        "ups.mfr",
                        "ups.model",
                        "battery.charge",
                        "battery.runtime",
                        "ups.realpower.nominal",
                        "ups.power.nominal");
    }

    @Test
    void opensALostConnectionOnce() throws IOException {
        Nis nis = Nis.of(Nis.SMART);
        var session = nis.session();
        var report = new TestReport().poll(session);
        nis.link().hangUp();
        nis.pass(ApcupsdSession.INTERVAL);

        assertThat(report.poll(session).status()).containsExactly("TRIM", "OL");
        assertThat(nis.opened()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0 400 Bad Request\r\n", "\0\5hello"})
    void saysThatAnotherServerAnswers(String answer) throws IOException {
        var session = new Nis().says(answer).session();
        assertThatIOException()
                .isThrownBy(() -> new TestReport().poll(session))
                .withMessageContaining("so it is no apcupsd");
    }

    @Test
    void saysThatRecordsNeverEnd() throws IOException {
        var session = new Nis().says("\0\4A: 1".repeat(600)).session();
        assertThatIOException()
                .isThrownBy(() -> new TestReport().poll(session))
                .withMessageContaining("more than 500 records");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "\0\6", "\0\6STATUS", "\0\11STATUS: ONL"})
    void givesUpOnHalfAnAnswerAndTakesNoRestForTheNext(String part) throws IOException {
        Nis nis = new Nis().says(part);
        var session = nis.session();
        assertThatIOException()
                .isThrownBy(() -> new TestReport().poll(session))
                .isInstanceOfAny(NoAnswerException.class, IOException.class);
        assertThat(nis.link().closed()).isTrue();

        nis.says(Nis.records(Nis.SMART));
        assertThat(new TestReport().poll(session).status()).containsExactly("TRIM", "OL");
        assertThat(nis.opened()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"nas, tcp:nas:3551", "nas:7000, tcp:nas:7000", "::1, tcp:[::1]:3551", "'', tcp:localhost:3551"})
    void connectsToTheHostOfThePort(String port, String opened) throws IOException {
        var links = new TestLinks(Path.of(".")).with(opened, new ReplayedLink(new Conversation()));
        new ApcupsdUps().open(settings(port), links).close();
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApcupsdUps().open(settings("nas:none"), new TestLinks(Path.of("."))))
                .withMessageContaining("no port of the network");
    }

    private static Settings settings(String port) {
        return Settings.of("u", port, Options.of(), Map.of());
    }
}
