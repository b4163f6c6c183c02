package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import org.cobnut.driver.Due;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MegatecSessionTest {
    private static final String GOOD = "(229.9 000.0 231.9 010 50.0 27.3 25.0 00001001\r";

    private static Transcript q1(String status) {
        var link = new Transcript();
        link.answer("Q1\r", status);
        return link;
    }

    private static Session open(Transcript link, String... lines) throws IOException {
        String[] all = java.util.Arrays.copyOf(lines, lines.length + 1);
        all[lines.length] = "protocol = q1";
        return Bench.qx(link, all);
    }

    @ParameterizedTest
    @CsvSource({
        "10001001, OB",
        "11001001, OB LB",
        "00001101, OL CAL",
        "00001011, OL FSD",
        "00001001, OL",
    })
    void wordsTheStatusBits(String bits, String status) throws IOException {
        var report = Bench.poll(open(q1("(229.9 000.0 231.9 010 50.0 27.3 25.0 " + bits + "\r")));
        assertThat(String.join(" ", report.status())).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "230.0, 200.0, TRIM",
        "230.0, 218.4, TRIM",
        "230.0, 218.5, BYPASS",
        "230.0, 241.4, BYPASS",
        "230.0, 241.6, BOOST",
        "230.0, 344.9, BOOST",
        "230.0, 345.1, ''",
        "230.0, 100.0, ''",
        "000.0, 230.0, ''",
    })
    void tellsFromTheVoltagesWhatTheRegulationBitMeans(String in, String out, String word) throws IOException {
        var report = Bench.poll(open(q1("(" + in + " 000.0 " + out + " 010 50.0 27.3 25.0 00101001\r")));
        assertThat(String.join(" ", report.status())).isEqualTo(("OL " + word).strip());
    }

    @Test
    void alarmsWhenTheUpsFailed() throws IOException {
        var report = Bench.poll(open(q1("(229.9 000.0 231.9 010 50.0 27.3 25.0 00011001\r")));
        assertThat(report.alarms()).containsExactly("UPS selftest failed!");
    }

    @Test
    void ignoresTheShutdownBitWhenAskedTo() throws IOException {
        var report = Bench.poll(open(q1("(229.9 000.0 231.9 010 50.0 27.3 25.0 00001011\r"), "ignoresab"));
        assertThat(report.status()).containsExactly("OL");
        assertThat(report.alarms()).isEmpty();
    }

    @Test
    void alarmsWhenTheUpsIsAboutToSwitchOff() throws IOException {
        var report = Bench.poll(open(q1("(229.9 000.0 231.9 010 50.0 27.3 25.0 00001011\r")));
        assertThat(report.status()).containsExactly("OL", "FSD");
        assertThat(report.alarms()).containsExactly("Shutdown imminent!");
    }

    @Test
    void keepsTheTypeThatItReadFirst() throws IOException {
        var link = q1(GOOD);
        var session = open(link);
        assertThat(Bench.poll(session).values()).containsEntry("ups.type", "offline / line interactive");
        link.answer("Q1\r", "(229.9 000.0 231.9 010 50.0 27.3 25.0 00000001\r");
        assertThat(Bench.poll(session).values()).containsEntry("ups.type", "offline / line interactive");
    }

    @Test
    void leavesOutWhatTheUpsDoesNotMeasure() throws IOException {
        var link = q1(GOOD);
        var session = open(link);
        var report = Bench.poll(session);
        assertThat(report.values()).containsKeys("ups.temperature", "ups.load");
        link.answer("Q1\r", "(229.9 @@@.@ 231.9 *** 50.0 27.3 --.- 00001001\r");
        session.poll(report.next(), Due.FULL);
        assertThat(report.values())
                .doesNotContainKeys("ups.temperature", "ups.load", "input.voltage.fault")
                .containsEntry("input.voltage", "229.9");
        link.answer("Q1\r", GOOD);
        session.poll(report.next(), Due.FULL);
        assertThat(report.values()).containsEntry("ups.temperature", "25.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 46, 47})
    void readsTheSameInEveryChunking(int size) throws IOException {
        var report = Bench.poll(open(q1(GOOD).inPiecesOf(size)));
        assertThat(report.values()).containsEntry("ups.temperature", "25.0").containsEntry("input.voltage", "229.9");
    }

    @Test
    void asksAgainAfterHalfAnAnswerNoiseOrAWrongLength() throws IOException {
        var link = Transcript.of("""
                > Q1\\r
                < (229.9 000.0 231.9 010 50.0 27.3 25.0 00001001\\r
                < (229.9 000.0 23
                < xx(229.9 000.0 231.9 010 50.0 27.3 25.0 00001001\\r
                < (229.9 000.0 231.9 010 50.0 27.3 25.0 00001001\\r
                < (229.9\\r
                < (NAK\\r
                < (229.9 000.0 231.9 011 50.0 27.3 25.0 00001001\\r
                """);
        var session = open(link);
        assertThat(Bench.poll(session).values()).containsEntry("ups.load", "10");
        assertThat(Bench.poll(session).values()).containsEntry("ups.load", "11");
    }

    @Test
    void failsWhenTheStatusStaysSilentOrUnfit() throws IOException {
        var link = q1(GOOD);
        var session = open(link);
        link.answer("Q1\r", "");
        assertThatIOException()
                .isThrownBy(() -> Bench.poll(session))
                .withMessage("Q1, Q1: it did not answer within 1000 ms");
        link.answer("Q1\r", "(NAK\r");
        assertThatIOException().isThrownBy(() -> Bench.poll(session)).withMessage("Q1, Q1: '(NAK' is no answer to Q1");
        link.answer("Q1\r", "(229.9 000.0 231.9 010 50.0 27.3 25.0 0x001001\r");
        assertThatIOException()
                .isThrownBy(() -> Bench.poll(session))
                .withMessageEndingWith("0x001001' is no answer to Q1");
        link.answer("Q1\r", GOOD);
        assertThat(Bench.poll(session).status()).containsExactly("OL");
    }

    @Test
    void failsAtOnceWhenTheLineIsGone() throws IOException {
        var link = q1(GOOD);
        var session = open(link);
        link.hangUp();
        assertThatIOException().isThrownBy(() -> Bench.poll(session)).withMessage("the line is gone");
        assertThatIOException().isThrownBy(() -> session.run("load.off", "")).withMessage("the line is gone");
    }

    @Test
    void givesUpWhatNeverWasAnsweredAndForgetsWhatNoLongerIs() throws IOException {
        var link = Transcript.of("""
                > QS\\r
                < (229.9 000.0 231.9 010 50.0 27.3 25.0 00001001\\r
                > M\\r
                < V\\r
                > QI\\r
                < (068 00255 49.9 001.2 170 280 1 00000000 0000000\\r
                """);
        var session = Bench.qx(link, "protocol = voltronic-qs", "pollfreq = 0");
        var report = Bench.poll(session);
        assertThat(report.values()).containsEntry("battery.charge", "68");
        link.asked().clear();
        link.answer("QI\r", "");
        session.poll(report.next(), Due.FULL);
        assertThat(report.values()).doesNotContainKey("input.transfer.low");
        assertThat(link.asked()).contains("QI").doesNotContain("F", "M");
    }

    @Test
    void asksTheWholeOnlyWhenThatIsDueAndAfterACommand() throws IOException {
        var link = Transcript.of("""
                > QS\\r
                < (229.9 000.0 231.9 010 50.0 27.3 25.0 00001001\\r
                > M\\r
                < V\\r
                > QI\\r
                < (068 00255 49.9 001.2 170 280 1 00000000 0000000\\r
                """);
        var session = Bench.qx(link, "protocol = voltronic-qs", "pollfreq = 3600");
        Bench.poll(session);
        link.asked().clear();
        session.poll(new TestReport(), Due.QUICK);
        assertThat(link.asked()).containsExactly("QS");
        session.run("beeper.toggle", "");
        session.poll(new TestReport(), Due.QUICK);
        assertThat(link.asked()).containsExactly("QS", "Q", "QS", "QI");
    }

    @ParameterizedTest
    @CsvSource({
        "30,  180, S.5R0003, S.5R0000",
        "12,  60,  S.2R0001, S.2R0000",
        "59,  100, S.9R0001, S.9R0000",
        "60,  0,   S01,      S01R0000",
        "119, 599940, S01R9999, S01R0000",
        "600, 180, S10R0003, S10R0000",
    })
    void sendsDelaysAsTheUpsTakesThem(long off, long on, String back, String stay) throws IOException {
        var link = q1(GOOD);
        var session = open(link, "offdelay = " + off, "ondelay = " + on);
        session.run("shutdown.return", "");
        session.run("shutdown.stayoff", "");
        assertThat(link.asked()).endsWith(back, stay);
    }

    @Test
    void setsDelaysAndShowsThemAsTheyWillBe() throws IOException {
        var link = q1(GOOD);
        var session = open(link);
        assertThat(session.set("ups.delay.shutdown", "59")).isEqualTo(Outcome.handled());
        assertThat(session.set("UPS.DELAY.START", "100")).isEqualTo(Outcome.handled());
        assertThat(session.set("ups.delay.shutdown", "11").code()).isEqualTo(Outcome.Code.INVALID);
        assertThat(session.set("ups.load", "11")).isEqualTo(Outcome.unknown());
        assertThat(Bench.poll(session).values())
                .containsEntry("ups.delay.shutdown", "54")
                .containsEntry("ups.delay.start", "60");
    }

    @Test
    void refusesDelaysOfTheFileThatNoUpsTakes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(q1(GOOD), "offdelay = 5"))
                .withMessage("option 'offdelay' of 5 s is not between 12 and 600");
    }

    @ParameterizedTest
    @CsvSource({
        "'',   T10, HANDLED",
        "60,   T01, HANDLED",
        "119,  T01, HANDLED",
        "5940, T99, HANDLED",
        "59,   '',  INVALID",
        "5941, '',  INVALID",
        "long, '',  INVALID",
    })
    void sendsTheTestInMinutes(String argument, String wire, Outcome.Code code) throws IOException {
        var link = q1(GOOD);
        var session = open(link);
        link.asked().clear();
        assertThat(session.run("test.battery.start", argument).code()).isEqualTo(code);
        assertThat(String.join(" ", link.asked())).isEqualTo(wire);
    }

    @ParameterizedTest
    @CsvSource({
        "'',          HANDLED",
        "ACK,         HANDLED",
        "(ACK,        HANDLED",
        "(NAK,        FAILED",
        "S00R0000,    FAILED",
        "UPS No Ack,  FAILED",
    })
    void takesSilenceOrAckForDoneAndNothingElse(String reply, Outcome.Code code) throws IOException {
        var link = q1(GOOD);
        var session = open(link);
        link.answer("S00R0000\r", reply.isEmpty() ? "" : reply + "\r");
        assertThat(session.run("load.off", "").code()).isEqualTo(code);
        assertThat(link.asked())
                .filteredOn("S00R0000"::equals)
                .as("never repeated")
                .hasSize(1);
    }

    @Test
    void knowsOnlyItsCommands() throws IOException {
        var session = open(q1(GOOD));
        assertThat(session.run("outlet.1.load.off", "")).isEqualTo(Outcome.unknown());
        assertThat(session.run("LOAD.OFF", "")).isEqualTo(Outcome.handled());
    }

    @ParameterizedTest
    @CsvSource({"'', S.5R0003", "stayoff, S.5R0000"})
    void shutsTheHostDownAsTheSectionSays(String flag, String wire) throws IOException {
        var link = q1(GOOD);
        var session = flag.isEmpty() ? open(link) : open(link, flag);
        session.run("shutdown.default", "");
        assertThat(link.asked()).endsWith("C", wire);
    }

    @Test
    void insistsOnAShutdownWhileTheUpsSaysNo() throws IOException {
        var link = q1(GOOD);
        var session = open(link);
        link.asked().clear();
        link.answer("C\r", "C\r");
        link.answer("S.5R0003\r", "S.5R0003\r");
        assertThat(session.run("shutdown.default", "").code()).isEqualTo(Outcome.Code.FAILED);
        assertThat(link.asked())
                .as("C once: a refusal says that nothing is pending")
                .containsExactly("C", "S.5R0003", "S.5R0003", "S.5R0003");
    }

    @Test
    void doesNotRepeatAShutdownThatMayHaveBeenHeard() throws IOException {
        var link = PtyUps.transcript("mecer");
        var session = Bench.qx(link, "protocol = mecer");
        link.asked().clear();
        assertThat(session.run("shutdown.default", "").code()).isEqualTo(Outcome.Code.FAILED);
        assertThat(link.asked()).containsExactly("C", "S.5R0003");
    }

    @Test
    void sharesNothingWithAnotherSession() throws IOException {
        var one = open(q1(GOOD));
        var other = open(q1("(229.9 000.0 231.9 099 50.0 27.3 25.0 10001000\r"));
        one.set("ups.delay.shutdown", "60");
        assertThat(Bench.poll(other).values())
                .containsEntry("ups.delay.shutdown", "30")
                .containsEntry("ups.load", "99");
        assertThat(Bench.poll(one).values()).containsEntry("ups.load", "10");
        one.close();
        one.close();
        assertThat(Bench.poll(other).status()).containsExactly("OB");
    }

    @ParameterizedTest
    @CsvSource({
        "2.27, 024.0, 27.24",
        "2.23, 048.0, 53.52",
        "2.25, 036.0, 40.50",
        "27.3, 024.0, 27.30",
        "13.6, 024.0, 13.60",
        "2.00, 002.0, 2.00"
    })
    void showsTheVoltageOfTheBatteryWhereTheUpsTellsThatOfACell(String told, String nominal, String shown)
            throws IOException {
        var link = new Transcript();
        link.answer("Q1\r", "(229.9 000.0 231.9 010 50.0 " + told + " 25.0 00001001\r");
        link.answer("I\r", "#ACME            SMART-1000 V1.23     \r");
        link.answer("F\r", "#230.0 003 " + nominal + " 50.0\r");
        var report = Bench.poll(Bench.qx(link, "protocol = megatec"));
        assertThat(report.values()).containsEntry("battery.voltage", shown);
        if (!told.equals("2.00")) assertThat(report.values()).containsEntry("battery.charge", "100");
    }

    @Test
    void runsWithNumbersOfTheFileThatCountInPart() throws IOException {
        var session = open(
                q1(GOOD),
                "offdelay = 60s",
                "pollfreq = abc",
                "chargetime = 12 h",
                "idleload = 7.5%",
                "runtimecal = 240,100,360,75,1200,50,1380,25",
                "default.battery.voltage.nominal = 24 V",
                "override.battery.packs = many");
        assertThat(Bench.poll(session).values())
                .containsEntry("ups.delay.shutdown", "60")
                .containsEntry("driver.parameter.pollfreq", "30")
                .containsEntry("battery.charge", "100")
                .containsKey("battery.runtime");
    }

    @Test
    void saysToWhoeverSetsADelayWhatItTakes() throws IOException {
        var session = open(q1(GOOD));
        assertThat(session.set("ups.delay.shutdown", "soon").reason()).isEqualTo("'soon' is no whole number");
        assertThat(session.set("ups.delay.start", "99999999999999999999").reason())
                .endsWith("is no whole number");
    }
}
