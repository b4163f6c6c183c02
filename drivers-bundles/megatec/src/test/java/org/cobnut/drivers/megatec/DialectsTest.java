package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        var sheet = Bench.poll(Bench.qx(Transcript.of("> Q1\\r\n" + STATUS + RATINGS + """
                        > I\\r
                        < #ACME   SN123456 SM10012345 V1.23    \\r
                        """)));
        assertThat(sheet.status).containsExactly("OL");
        assertThat(sheet.variables)
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
        assertThat(sheet.commands)
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
        var sheet = Bench.poll(Bench.qx(
                Transcript.of("> " + status + "\\r\n" + STATUS + RATINGS + "> " + identity + "\\r\n" + IDENTITY)));
        assertThat(sheet.variables)
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
        var sheet = Bench.poll(session);
        assertThat(sheet.variables)
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
        var sheet = Bench.poll(session);
        assertThat(sheet.variables)
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
        assertThat(sheet.commands).contains("test.battery.start.quick").doesNotContain("test.battery.start");
        assertThat(sheet.types.get("ups.delay.start").ranges()).hasToString("[Range[min=60, max=599940]]");
        assertThat(session.run("load.on", "").code()).hasToString("FAILED");
        assertThat(session.run("load.off", "").code()).hasToString("HANDLED");
    }

    @Test
    void readsStatusAloneOfAUpsThatKnowsNoMore() throws IOException {
        var sheet = Bench.poll(Bench.qx(Transcript.of("> Q1\\r\n" + STATUS)));
        assertThat(sheet.variables)
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
        assertThat(Bench.poll(Bench.qx(link)).variables).containsEntry("driver.version.data", "Q1");
    }

    @Test
    void claimsWithoutIdentityWhenItMayNotBeAskedFor() throws IOException {
        var link = Transcript.of("> Q1\\r\n" + STATUS + RATINGS + "> I\\r\n" + IDENTITY);
        var sheet = Bench.poll(Bench.qx(link, "novendor", "norating"));
        assertThat(sheet.variables).containsEntry("driver.version.data", "Megatec");
        assertThat(link.asked()).doesNotContain("I", "F");
    }

    @Test
    void saysThatAUpsIsSilent() {
        var link = Transcript.of("");
        assertThatIOException().isThrownBy(() -> Bench.qx(link)).withMessageContaining("gave no answer");
        assertThat(link.closed()).isTrue();
    }

    @Test
    void saysThatAUpsSpeaksSomethingElse() {
        var link = Transcript.of("> Q1\\r\n" + STATUS);
        assertThatIOException()
                .isThrownBy(() -> Bench.qx(link, "protocol = megatec"))
                .withMessage("it speaks none of megatec");
        assertThat(link.closed()).isTrue();
    }

    @Test
    void blazerReadsWithItsOwnNamesAndMinutes() throws IOException {
        var link = Transcript.of("> Q1\\r\n" + STATUS + RATINGS + "> I\\r\n" + IDENTITY);
        var session = Bench.open(new BlazerSer(), link, "ondelay = 5", "offdelay = 59");
        var sheet = Bench.poll(session);
        assertThat(sheet.variables)
                .containsEntry("ups.mfr", "ACME")
                .containsEntry("ups.model", "SMART-1000")
                .containsEntry("ups.delay.start", "300")
                .containsEntry("ups.delay.shutdown", "54");
        assertThat(sheet.types.get("ups.delay.start").writable()).isFalse();
        session.run("shutdown.return", "");
        session.run("test.battery.start", "5");
        assertThat(link.asked()).endsWith("S.9R0005", "T05");
    }
}
