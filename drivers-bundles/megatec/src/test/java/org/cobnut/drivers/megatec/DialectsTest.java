package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One conversation a dialect: found without being told, and read in full. */
class DialectsTest {
    private static final String STATUS = "< (229.9 000.0 231.9 010 50.0 27.3 25.0 00001001\\r\n";
    private static final String RATINGS = """
            > F\\r
            < #230.0 003 024.0 50.0\\r
            """;
    private static final String IDENTITY = "< #ACME            SMART-1000 V1.23     \\r\n";

    @Test
    void readsMegatec() throws IOException {
        var report = Bench.poll(Bench.qx(Transcript.of("> Q1\\r\n" + STATUS + RATINGS + """
                        > I\\r
                        < #ACME   SN123456 SM10012345 V1.23    \\r
                        """)));
        assertThat(report.status()).containsExactly("OL");
        assertThat(report.values())
                .containsAllEntriesOf(Map.ofEntries(
                        Map.entry("driver.version.data", "Megatec"),
                        Map.entry("input.voltage", "229.9"),
                        Map.entry("input.voltage.fault", "0.0"),
                        Map.entry("output.voltage", "231.9"),
                        Map.entry("ups.load", "10"),
                        Map.entry("input.frequency", "50.0"),
                        Map.entry("battery.voltage", "27.30"),
                        Map.entry("ups.temperature", "25.0"),
                        Map.entry("ups.type", "offline / line interactive"),
                        Map.entry("ups.beeper.status", "enabled"),
                        Map.entry("input.voltage.nominal", "230"),
                        Map.entry("input.current.nominal", "3.0"),
                        Map.entry("battery.voltage.nominal", "24.0"),
                        Map.entry("input.frequency.nominal", "50"),
                        Map.entry("device.mfr", "ACME"),
                        Map.entry("ups.serial", "SN123456"),
                        Map.entry("device.model", "SM100"),
                        Map.entry("battery.runtime", "12345"),
                        Map.entry("ups.firmware", "V1.23"),
                        Map.entry("ups.delay.shutdown", "30"),
                        Map.entry("ups.delay.start", "180")));
        assertThat(report.commands())
                .containsExactly(
                        "beeper.toggle",
                        "load.off",
                        "load.on",
                        "shutdown.return",
                        "shutdown.stayoff",
                        "shutdown.stop",
                        "test.battery.start",
                        "test.battery.start.deep",
                        "test.battery.start.quick",
                        "test.battery.stop");
    }

    @ParameterizedTest
    @CsvSource({
        "Mustek,      QS, I",
        "Megatec/old, D,  I",
        "Zinto,       Q1, FW?",
    })
    void readsTheSameAnswersUnderOtherLetters(String title, String status, String identity) throws IOException {
        var report = Bench.poll(Bench.qx(
                Transcript.of("> " + status + "\\r\n" + STATUS + RATINGS + "> " + identity + "\\r\n" + IDENTITY)));
        assertThat(report.values())
                .containsEntry("driver.version.data", title)
                .containsEntry("input.voltage", "229.9")
                .containsEntry("input.frequency.nominal", "50")
                .containsEntry("device.mfr", "ACME")
                .containsEntry("device.model", "SMART-1000")
                .containsEntry("ups.firmware", "V1.23");
    }

    @Test
    void readsMecer() throws IOException {
        var link = Transcript.of("> Q1\\r\n" + STATUS + RATINGS + "> I\\r\n" + IDENTITY + """
                        > QPI\\r
                        < (PI98\\r
                        > T.2\\r
                        < (ACK\\r
                        > Q\\r
                        < (NAK\\r
                        """);
        var session = Bench.qx(link);
        var report = Bench.poll(session);
        assertThat(report.values())
                .containsEntry("driver.version.data", "Mecer")
                .containsEntry("ups.firmware.aux", "Voltronic Power P98")
                .containsEntry("device.model", "SMART-1000");
        assertThat(session.run("test.battery.start", "12").code()).hasToString("HANDLED");
        assertThat(session.run("beeper.toggle", "").code()).hasToString("FAILED");
        assertThat(session.run("load.on", "").reason()).isEqualTo("the UPS did not acknowledge");
    }

    @Test
    void readsVoltronicQs() throws IOException {
        var link = Transcript.of("> QS\\r\n" + STATUS + RATINGS + """
                        > M\\r
                        < H\\r
                        > QI\\r
                        < (068 00255 49.9 001.2 170 280 1 00000000 0000000\\r
                        > C\\r
                        < C\\r
                        """);
        var session = Bench.qx(link);
        var report = Bench.poll(session);
        assertThat(report.values())
                .containsEntry("driver.version.data", "Voltronic-QS")
                .containsEntry("ups.firmware.aux", "PM-H")
                .containsEntry("output.frequency", "50.0")
                .containsEntry("input.frequency", "49.9")
                .containsEntry("output.voltage.nominal", "230")
                .containsEntry("battery.charge", "68")
                .containsEntry("battery.runtime", "255")
                .containsEntry("output.current", "1.2")
                .containsEntry("input.transfer.low", "170")
                .containsEntry("input.transfer.high", "280");
        assertThat(report.commands()).contains("test.battery.start.quick").doesNotContain("test.battery.start");
        assertThat(report.type("ups.delay.start").ranges()).hasToString("[Range[min=60, max=599940]]");
        assertThat(session.run("load.on", "").code()).hasToString("FAILED");
        assertThat(session.run("load.off", "").code()).hasToString("HANDLED");
    }

    @Test
    void readsStatusAloneOfAUpsThatKnowsNoMore() throws IOException {
        var report = Bench.poll(Bench.qx(Transcript.of("> Q1\\r\n" + STATUS)));
        assertThat(report.values())
                .containsEntry("driver.version.data", "Q1")
                .containsEntry("ups.load", "10")
                .doesNotContainKey("device.mfr");
    }

    @Test
    void asksOnlyTheDialectItIsTold() throws IOException {
        var link = Transcript.of("> Q1\\r\n" + STATUS + "> D\\r\n" + STATUS);
        Bench.qx(link, "protocol = megatec/old").close();
        assertThat(link.asked()).containsExactly("D");
        assertThat(link.closed()).isTrue();
    }

    @Test
    void takesAnEchoForAQuestionThatIsNotKnown() throws IOException {
        var link = Transcript.of("> Q1\\r\n" + STATUS + """
                        > QS\\r
                        < QS\\r
                        > I\\r
                        < I\\r
                        > M\\r
                        < M\\r
                        """);
        assertThat(Bench.poll(Bench.qx(link)).values()).containsEntry("driver.version.data", "Q1");
    }

    @Test
    void claimsWithoutIdentityWhenItMayNotBeAskedFor() throws IOException {
        var link = Transcript.of("> Q1\\r\n" + STATUS + RATINGS + "> I\\r\n" + IDENTITY);
        var report = Bench.poll(Bench.qx(link, "novendor", "norating"));
        assertThat(report.values()).containsEntry("driver.version.data", "Megatec");
        assertThat(link.asked()).doesNotContain("I", "F");
    }

    @Test
    void saysThatAUpsIsSilent() {
        var link = Transcript.of("");
        assertThatIOException().isThrownBy(() -> Bench.qx(link)).withMessageContaining("gave no answer");
    }

    @Test
    void saysThatAUpsSpeaksSomethingElse() {
        var link = Transcript.of("> Q1\\r\n" + STATUS);
        assertThatIOException()
                .isThrownBy(() -> Bench.qx(link, "protocol = megatec"))
                .withMessage("it speaks none of megatec");
    }

    @Test
    void blazerReadsWithItsOwnNamesAndMinutes() throws IOException {
        var link = Transcript.of("> Q1\\r\n" + STATUS + RATINGS + "> I\\r\n" + IDENTITY);
        var session = Bench.open(new BlazerSer(), link, "ondelay = 5", "offdelay = 59");
        var report = Bench.poll(session);
        assertThat(report.values())
                .containsEntry("ups.mfr", "ACME")
                .containsEntry("ups.model", "SMART-1000")
                .containsEntry("ups.delay.start", "300")
                .containsEntry("ups.delay.shutdown", "54");
        assertThat(report.type("ups.delay.start").writable()).isFalse();
        session.run("shutdown.return", "");
        session.run("test.battery.start", "5");
        assertThat(link.asked()).endsWith("S.9R0005", "T05");
    }

    /** Answers to I that UPSes in the field give; both layouts, in every dialect that asks so. */
    @ParameterizedTest
    @CsvSource({
        "'#                MicroSinus V5.15C0503',  '',              MicroSinus, V5.15C0503, '',       ''",
        "'#Digitus         DN-170094  V1.00     ',  Digitus,         DN-170094,  V1.00,      '',       ''",
        "'#                WPHVR1K0   02724.08  ',  '',              WPHVR1K0,   02724.08,   '',       ''",
        "'#ACME            SMART10000 V1.23     ',  ACME,            SMART10000, V1.23,      '',       ''",
        "'#CyberPower      PR00012345 V1.23     ',  CyberPower,      PR00012345, V1.23,      '',       ''",
        "'#NOT_A_LIVE_UPS  TESTING    TESTING   ',  NOT_A_LIVE_UPS,  TESTING,    TESTING,    '',       ''",
        "'#-------------   ------     VT12046Q  ',  -------------,   ------,     VT12046Q,   '',       ''",
        "'#MegaTecabcedfhi k130v12345 v3.400000',   MegaTec,         k130v,      v3.400000,  abcedfhi, 12345",
        "'#ACME   SN123456 SM100  120 V1.23    ',   ACME,            SM100,      V1.23,      SN123456, 120",
        "'#ACME   SN123456 SM100      V1.23    ',   ACME,            SM100,      V1.23,      SN123456, ''",
        "'#ACME            SM100      V1.23    ',   ACME,            SM100,      V1.23,      '',       ''",
        "'#ACME   SN12     SM10000120 V1.23    ',   ACME,            SM100,      V1.23,      SN12,     120",
    })
    void readsBothLayoutsOfTheIdentity(
            String answer, String mfr, String model, String firmware, String serial, String runtime)
            throws IOException {
        for (String dialect : List.of("megatec Q1", "mustek QS", "megatec-old D", "mecer Q1")) {
            String[] words = dialect.split(" ", -1);
            var link = Transcript.of("> " + words[1] + "\\r\n" + STATUS + "> QPI\\r\n< (PI98\\r\n");
            link.answer("I\r", answer + "\r");
            var report = Bench.poll(Bench.qx(link, "protocol = " + words[0]));
            assertThat(report.values().getOrDefault("device.mfr", ""))
                    .as(dialect)
                    .isEqualTo(mfr);
            assertThat(report.values()).as(dialect).containsEntry("device.model", model);
            assertThat(report.values()).as(dialect).containsEntry("ups.firmware", firmware);
            assertThat(report.values().getOrDefault("ups.serial", ""))
                    .as(dialect)
                    .isEqualTo(serial);
            assertThat(report.values().getOrDefault("battery.runtime", ""))
                    .as(dialect)
                    .isEqualTo(words[0].equals("megatec") ? runtime : "");
        }
    }

    /** The columns of the paper, and others that UPSes have made of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "#230.0 003 024.0 50.0",
                "#230.0 003 24.00 50.0",
                "#230.0   3  24.0   50",
                "#230 3 24 50",
                "#230.0 0003 024.0 50.0",
                "#230.0 3.0 24.0 50.0"
            })
    void readsRatingsWhateverTheirWidth(String answer) throws IOException {
        var link = Transcript.of("> Q1\\r\n" + STATUS);
        link.answer("I\r", "#ACME            SMART-1000 V1.23     \r");
        link.answer("F\r", answer + "\r");
        assertThat(Bench.poll(Bench.qx(link, "protocol = megatec")).values())
                .containsEntry("input.voltage.nominal", "230")
                .containsEntry("input.current.nominal", "3.0")
                .containsEntry("battery.voltage.nominal", "24.0")
                .containsEntry("input.frequency.nominal", "50");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#---.- --- ---.- --.-", "#NOT RATED", "#ACME 3000 ABC DEF GH", "#"})
    void publishesNoRatingThatIsNoNumber(String answer) throws IOException {
        var link = Transcript.of("> Q1\\r\n" + STATUS);
        link.answer("I\r", "#ACME            SMART-1000 V1.23     \r");
        link.answer("F\r", answer + "\r");
        assertThat(Bench.poll(Bench.qx(link, "protocol = megatec")).values())
                .doesNotContainKeys(
                        "input.voltage.nominal",
                        "input.current.nominal",
                        "battery.voltage.nominal",
                        "input.frequency.nominal");
    }
}
