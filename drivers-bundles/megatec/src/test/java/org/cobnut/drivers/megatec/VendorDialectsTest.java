package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialects of single makers: all that each tells, and what it is sent. */
class VendorDialectsTest {
    /** Every variable of the conversation in {@code dialects/NAME.txt} stands in {@code NAME.values} beside it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ablerex",
                "bestups",
                "gtec",
                "hunnox",
                "innovart31",
                "innovart33",
                "innovatae",
                "masterguard",
                "omron",
                "q2",
                "q6",
                "voltronic-axpert",
                "voltronic-qs-hex"
            })
    void readsAllThatAUpsTells(String dialect) throws IOException {
        Session session = Bench.qx(PtyUps.transcript(dialect), "protocol = " + dialect);
        Bench.poll(session);
        var report = Bench.poll(session); // some values need others, which the first poll reads later
        var told = new TreeMap<>(report.values());
        told.put("ups.status", String.join(" ", report.status()));
        if (!report.alarms().isEmpty()) told.put("ups.alarm", String.join("; ", report.alarms()));
        var lines = told.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
        Path expected = PtyUps.conversation(dialect).resolveSibling(dialect + ".values");
        assertThat(lines).isEqualTo(Files.readAllLines(expected));
    }

    /** Those that NUT finds before another that would take them, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bestups",
                "gtec",
                "innovart31",
                "innovart33",
                "masterguard",
                "q2",
                "q6",
                "voltronic-axpert",
                "voltronic-qs-hex"
            })
    void isFoundWithoutBeingTold(String dialect) throws IOException {
        Session session = Bench.qx(PtyUps.transcript(dialect));
        var expected = Bench.poll(Bench.qx(PtyUps.transcript(dialect), "protocol = " + dialect));
        assertThat(Bench.poll(session).values()).isEqualTo(expected.values());
    }

    @ParameterizedTest
    @CsvSource({
        "omron, shutdown.return, An S.5, HANDLED",
        "omron, shutdown.stayoff, Af Sf.5, FAILED",
        "omron, shutdown.stop, C, HANDLED",
        "bestups, shutdown.stayoff, S.5, HANDLED",
        "bestups, shutdown.return, S.5R0003, HANDLED",
        "ablerex, load.off, S.2, HANDLED",
        "hunnox, beeper.toggle, Q, HANDLED",
        "hunnox, shutdown.return, S01, HANDLED",
        "masterguard, shutdown.return, S.5R0003, HANDLED",
        "masterguard, shutdown.stayoff, S.5, HANDLED",
        "masterguard, beeper.disable, 'SS---0,07', HANDLED",
        "masterguard, test.battery.start.deep, 'TUD,07', HANDLED",
        "voltronic-qs-hex, test.battery.start.quick, T, HANDLED",
    })
    void sendsCommands(String dialect, String command, String wire, Outcome.Code code) throws IOException {
        Transcript link = PtyUps.transcript(dialect);
        Session session = Bench.qx(link, "protocol = " + dialect);
        Bench.poll(session);
        link.asked().clear();
        assertThat(session.run(command, "").code()).isEqualTo(code);
        assertThat(String.join(" ", link.asked())).isEqualTo(wire);
    }

    @ParameterizedTest
    @CsvSource({
        "masterguard, ups.id, 12, 'SS12--,07'",
        "masterguard, battery.packs, 2, 'SS--2-,07'",
        "masterguard, device.uptime, 90061, 'SRC0001:01:01:01,07'",
        "masterguard, output.voltage.nominal, 240, PNV=240",
        "masterguard, output.voltage.nominal, 230, ''",
        "bestups, ups.delay.shutdown, 60, ''",
    })
    void sendsSettings(String dialect, String variable, String value, String wire) throws IOException {
        Transcript link = PtyUps.transcript(dialect);
        Session session = Bench.qx(link, "protocol = " + dialect);
        Bench.poll(session);
        link.asked().clear();
        assertThat(session.set(variable, value)).isEqualTo(Outcome.handled());
        assertThat(String.join(" ", link.asked())).isEqualTo(wire);
    }

    @Test
    void asksAMasterguardUnderItsNewAddress() throws IOException {
        Transcript link = PtyUps.transcript("masterguard");
        Session session = Bench.qx(link, "protocol = masterguard");
        Bench.poll(session);
        session.set("ups.id", "12");
        link.answer(
                "WH\r",
                "(12 10.06 03.09 A  700  + 0 Bat Pack-19        0 230 50.00 012 02.30 006.00 012.00 018 10 40 160 276 47.00 53.00\r");
        link.answer("GS,12\r", "(12,12 0 1\r");
        link.answer("GBS,12\r", "(12,100 0017 0000 0708 0712 0994 115 02.28\r");
        link.answer("DRC,12\r", "(12,1869:19:06:37\r");
        Bench.poll(session);
        assertThat(link.asked()).endsWith("WH", "Q3", "GS,12", "GBS,12", "DRC,12", "PNV");
    }

    @Test
    void setsThePinsOfABestUpsThatHasThemOtherwise() throws IOException {
        Transcript link = PtyUps.transcript("bestups");
        Session session = Bench.qx(link, "protocol = bestups", "pins_shutdown_mode = 2");
        Bench.poll(session);
        assertThat(link.asked()).endsWith("SS2");
        Transcript same = PtyUps.transcript("bestups");
        Bench.poll(Bench.qx(same, "protocol = bestups", "pins_shutdown_mode = 0"));
        assertThat(same.asked()).doesNotContain("SS0");
    }

    @ParameterizedTest
    @CsvSource({"AX1, 02, 2", "FOR, 02, ''"})
    void countsThePacksOfTheModelsThatHaveThem(String model, String answer, String packs) throws IOException {
        Transcript link = PtyUps.transcript("bestups");
        link.answer("ID\r", model + ",1500,230,230,20.0,27.6\r");
        link.answer("BP?\r", answer + "\r");
        Session session = Bench.qx(link, "protocol = bestups");
        var report = Bench.poll(session);
        assertThat(report.values().getOrDefault("battery.packs", "")).isEqualTo(packs);
        assertThat(session.set("battery.packs", "3"))
                .isEqualTo(packs.isEmpty() ? Outcome.unknown() : Outcome.handled());
        assertThat(link.asked().contains("BP3")).isEqualTo(!packs.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "FOR, 00100000, OL TRIM",
        "FOR, 00000000, OL",
        "PR2, 00000000, OL TRIM",
        "PR2, 00100000, OL",
        "FOR, 10100000, OB",
        "FOR, 00100100, OL CAL",
    })
    void believesTheRegulationBitOfABestUpsAsItsModelMeansIt(String model, String bits, String status)
            throws IOException {
        Transcript link = PtyUps.transcript("bestups");
        link.answer("ID\r", model + ",750,120,120,20.0,27.6\r");
        link.answer("Q1\r", "(238.0 195.0 220.0 014 49.0 22.7 30.0 " + bits + "\r");
        Session session = Bench.qx(link, "protocol = bestups");
        Bench.poll(session);
        assertThat(String.join(" ", Bench.poll(session).status())).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "M, OL, ''",
        "A, OB, ''",
        "AB, OB LB, ''",
        "MC, OL BYPASS, ''",
        "MNDG, OL OVER, UPS failed; site fault",
        "MF, OL FSD, Shutdown imminent!",
        "I, OFF, ''",
    })
    void wordsTheLettersOfGtec(String letters, String status, String alarms) throws IOException {
        Transcript link = PtyUps.transcript("gtec");
        link.answer("Q4\r", "(236.7 243.2 212.1 220.1 230.4 002 001 50.0 371 372 041.3 22.9 " + letters + "\r");
        var report = Bench.poll(Bench.qx(link, "protocol = gtec"));
        assertThat(String.join(" ", report.status())).isEqualTo(status);
        assertThat(String.join("; ", report.alarms())).isEqualTo(alarms);
    }

    @Test
    void takesNoAnswerWithAWrongCheckSum() throws IOException {
        Transcript link = PtyUps.transcript("voltronic-axpert");
        link.answer("QPI\u00be\u00ac\r", "(PI30xx\r");
        org.assertj.core.api.Assertions.assertThatIOException()
                .isThrownBy(() -> Bench.qx(link, "protocol = voltronic-axpert"));
    }

    @Test
    void writesTheCheckSumBehindACommand() throws IOException {
        Transcript link = PtyUps.transcript("voltronic-axpert");
        Session session = Bench.qx(link, "protocol = voltronic-axpert");
        Bench.poll(session);
        assertThat(session.run("load.off", "")).isEqualTo(Outcome.handled());
        assertThat(session.run("load.on", "").code()).isEqualTo(Outcome.Code.FAILED);
        assertThat(session.set("battery.energysave", "yes")).isEqualTo(Outcome.handled());
        assertThat(session.set("battery.energysave", "maybe").code()).isNotEqualTo(Outcome.Code.HANDLED);
    }

    @Test
    void takesAUpsThatAnswersStatusAloneForNoIppon() throws IOException {
        Transcript link = new Transcript();
        link.answer("Q1\r", "(229.9 000.0 231.9 010 50.0 27.3 25.0 00001001\r");
        assertThat(Bench.poll(Bench.qx(link)).values())
                .containsEntry("driver.version.data", "Q1")
                .doesNotContainKey("device.mfr");
    }

    @Test
    void leavesOutWhatTheSectionDoesNotWant() throws IOException {
        Transcript link = PtyUps.transcript("q6");
        var report = Bench.poll(Bench.qx(link, "protocol = q6", "nooutstats"));
        assertThat(link.asked()).doesNotContain("WA");
        assertThat(report.values()).containsKey("output.L1.load").doesNotContainKey("output.L1.power");
        assertThat(List.copyOf(report.status())).containsExactly("OL");
    }
}
