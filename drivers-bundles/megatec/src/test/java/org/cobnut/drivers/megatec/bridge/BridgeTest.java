package org.cobnut.drivers.megatec.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.cobnut.drivers.megatec.wire.TextLine;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.UsbEndpoint;
import org.cobnut.link.usb.UsbIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What passes over USB for each chip, byte by byte. */
class BridgeTest {
    private static final String Q1 = "(229.9 000.0 231.9 010 50.0 27.3 25.0 00001001\r";
    private static final Bridge.Options ENGLISH =
            new Bridge.Options(OptionalInt.of(0x0409), false, Optional.empty(), true);

    private static String ask(TextLine line, String command) throws IOException {
        line.send(command + "\r");
        return line.receive(Duration.ofSeconds(1));
    }

    private static void isSilentAt(TextLine line, String command) throws IOException {
        line.send(command + "\r");
        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> line.receive(Duration.ofSeconds(1)));
    }

    private static FakeUsbLink link(String script) {
        return new FakeUsbLink().then(script);
    }

    @Test
    void cypressSlicesBothWays() throws IOException {
        var link = link("""
                out 21 09 0200 0000 | "Q1" 0d 00*5
                read 81 8 | "(229.9 0"
                read 81 8 | "00.0 231"
                read 81 8 | ".9 010 5"
                read 81 8 | "0.0 27.3"
                read 81 8 | " 25.0 00"
                read 81 8 | "001001" 0d 00
                out 21 09 0200 0000 | "S.5R0003"
                out 21 09 0200 0000 | 0d 00*7
                read 81 8 | timeout
                """);
        TextLine line = Bridge.CYPRESS.over(link, Bridge.Options.NONE);
        assertThat(ask(line, "Q1")).isEqualTo(Q1);
        isSilentAt(line, "S.5R0003");
        link.isThrough();
    }

    @Test
    void cypressOfVoltronicReadsOldAnswersAwayAndWaitsLonger() throws IOException {
        var link = new FakeUsbLink(UsbIdentity.of(0x0665, 0x5161, 2)).then("""
                        read 81 8 | "old" 0d 00*4
                        read 81 8 | timeout
                        out 21 09 0200 0000 | "M" 0d 00*6
                        read 81 8 | "V" 0d 00*6
                        """);
        TextLine line = Bridge.CYPRESS.over(link, Bridge.Options.NONE);
        assertThat(ask(line, "M")).isEqualTo("V\r");
        assertThat(line.patience()).isEqualTo(Duration.ofSeconds(3));
        link.isThrough();
        var quick = new FakeUsbLink(UsbIdentity.of(0x0665, 0x5161, 2)).then("out 21 09 0200 0000 | \"M\" 0d 00*6");
        isSilentAt(
                Bridge.CYPRESS.over(quick, new Bridge.Options(OptionalInt.empty(), true, Optional.of(false), true)),
                "M");
    }

    @Test
    void aHaltIsEndedAndCountsAsSilence() throws IOException {
        var link = link("""
                out 21 09 0200 0000 | "Q1" 0d 00*5
                read 81 8 | stall
                clear 81
                """);
        isSilentAt(Bridge.CYPRESS.over(link, Bridge.Options.NONE), "Q1");
        link.isThrough();
        TextLine refusing = Bridge.CYPRESS.over(link("out 21 09 0200 0000 | stall"), Bridge.Options.NONE);
        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> refusing.send("Q1\r"));
    }

    @Test
    void phoenixReadsAwayWhatIsLeftFirst() throws IOException {
        var link = link("""
                read 81 8 | "left" 0d 00*3
                read 81 8 | timeout
                out 21 09 0200 0000 | "Q1" 0d 00*5
                read 81 8 | "(1" 0d 00*5
                """);
        assertThat(ask(Bridge.PHOENIX.over(link, Bridge.Options.NONE), "Q1")).isEqualTo("(1\r");
        link.isThrough();
    }

    @Test
    void ipponAnswersInOneReport() throws IOException {
        var link = link("""
                out 21 09 0002 0000 | "Q1" 0d 00*5
                read 81 64 | "(229.9 000.0 231.9 010 50.0 27.3 25.0 00001001" 0d 00*17
                out 21 09 0002 0000 | "F" 0d 00*6
                read 81 64 | "#230.0" 00*58
                out 21 09 0002 0000 | "C" 0d 00*6
                read 81 64 | 00 00*63
                """);
        TextLine line = Bridge.IPPON.over(link, Bridge.Options.NONE);
        assertThat(ask(line, "Q1")).isEqualTo(Q1);
        assertThat(ask(line, "F")).as("its end is missing").isEqualTo("#230.0\r");
        isSilentAt(line, "C");
        link.isThrough();
    }

    @Test
    void omronSendsReportsOfSixteenBytes() throws IOException {
        var link = link("""
                out 21 09 0002 0000 | "Bl ?" 0d 00*11
                read 81 64 | "100" 0d 00*60
                """);
        assertThat(ask(Bridge.OMRON.over(link, Bridge.Options.NONE), "Bl ?")).isEqualTo("100\r");
        link.isThrough();
    }

    @Test
    void gtecSendsInSlicesAndAnswersInLargeReports() throws IOException {
        var link = link("""
                out 21 09 0002 0000 | "Q4" 0d 00*5
                read 81 128 | "(236.7 IM" 0d 00*118
                """);
        assertThat(ask(Bridge.GTEC.over(link, Bridge.Options.NONE), "Q4")).isEqualTo("(236.7 IM\r");
        link.isThrough();
    }

    @Test
    void sgsCountsTheBytesOfEachReport() throws IOException {
        var link = link("""
                out 21 09 0200 0000 | 07 "S.5R000"
                out 21 09 0200 0000 | 02 "3" 0d 00*5
                read 81 8 | timeout
                out 21 09 0200 0000 | 02 "I" 0d 00*5
                read 81 8 | 03 "#AC" 00*4
                read 81 8 | 02 "ME" 00*5
                read 81 8 | timeout
                """);
        TextLine line = Bridge.SGS.over(link, Bridge.Options.NONE);
        isSilentAt(line, "S.5R0003");
        assertThat(ask(line, "I")).isEqualTo("#ACME\r");
        link.isThrough();
    }

    @Test
    void kraulerReadsAStringForEachCommand() throws IOException {
        var link = link("in 80 06 0300 0000 255 | 04 03 09 04\n"
                + "in 80 06 0303 0409 255 | " + FakeUsbLink.string("x229.9 000.0") + "\n"
                + "in 80 06 030d 0409 255 | " + FakeUsbLink.string("UPS No Ack") + "\n"
                + "in 80 06 030d 0409 255 | stall\n"
                + "in 80 06 030d 0409 255 | " + FakeUsbLink.string("x230.0\r") + "\n"
                + "in 80 06 0307 0409 255 | " + FakeUsbLink.string("xok") + "\n");
        TextLine line = Bridge.KRAULER.over(link, Bridge.Options.NONE);
        assertThat(ask(line, "Q1")).isEqualTo("(229.9 000.0\r");
        assertThat(ask(line, "F")).isEqualTo("#230.0\r");
        assertThat(ask(line, "Q")).isEqualTo("\r");
        assertThat(ask(line, "QGS")).as("sent back as not known").isEqualTo("QGS\r");
        link.isThrough();
    }

    @Test
    void kraulerTakesTheLanguageOfTheSection() throws IOException {
        var link = link("in 80 06 0303 4095 255 | 10 03 78 00 32 01 33 00 34 00 35 00 36 00 37 00\n");
        var options = new Bridge.Options(OptionalInt.of(0x4095), false, Optional.empty(), true);
        assertThat(ask(Bridge.KRAULER.over(link, options), "Q1")).isEqualTo("(?34567\r");
        link.isThrough();
    }

    @ParameterizedTest
    @CsvSource({
        "S.2R0003, 18",
        "S.5R0003, 18",
        "S.9R0003, 58",
        "S01R0003, 68",
        "S10R0003, f8",
        "S.5R0000, 10",
        "S02, 78"
    })
    void fabulaReadsAStringForEachDelay(String command, String index) throws IOException {
        var link = link("in 80 06 03" + index + " 0409 255 | " + FakeUsbLink.string("UPS No Ack") + "\n");
        isSilentAt(Bridge.FABULA.over(link, ENGLISH), command);
        link.isThrough();
    }

    @Test
    void hunnoxIsKeptAwake() throws IOException {
        var link = link("in 80 06 0300 0409 1026 | 04 03 09 04\n"
                + "in 80 06 0300 0409 1026 | 04 03 09 04\n"
                + "in 80 06 0301 0409 1026 | " + FakeUsbLink.string("MEC") + "\n"
                + "in 80 06 0303 0409 102 | " + FakeUsbLink.string("(1") + "\n"
                + "in 80 06 030d 0409 102 | " + FakeUsbLink.string("#2") + "\n"
                + "in 80 06 0303 0409 102 | " + FakeUsbLink.string("(1") + "\n"
                + "in 80 06 0303 0409 102 | " + FakeUsbLink.string("(1") + "\n"
                + "in 80 06 03f3 0409 102 | " + FakeUsbLink.string("BL50") + "\n"
                + "in 80 06 030c 0409 102 | " + FakeUsbLink.string("#3") + "\n"
                + "in 80 06 030d 0409 102 | " + FakeUsbLink.string("#2") + "\n"
                + "in 80 06 030d 0409 102 | " + FakeUsbLink.string("#2") + "\n"
                + "in 80 06 030c 0409 102 | " + FakeUsbLink.string("#3") + "\n");
        TextLine line = Bridge.HUNNOX.over(link, ENGLISH);
        assertThat(ask(line, "Q1")).isEqualTo("(1\r");
        assertThat(ask(line, "Q1")).isEqualTo("(1\r");
        assertThat(ask(line, "BL")).isEqualTo("BL50\r");
        assertThat(ask(line, "F")).isEqualTo("#2\r");
        assertThat(ask(line, "I")).isEqualTo("#3\r");
    }

    @Test
    void snrIsWokenByAReportAndKnowsThreeQuestions() throws IOException {
        var link = link("read 81 102 | timeout\n"
                + "in 80 06 0303 0409 102 | " + FakeUsbLink.string("x1") + "\n"
                + "read 81 102 | timeout\n");
        TextLine line = Bridge.SNR.over(link, ENGLISH);
        assertThat(ask(line, "Q1")).isEqualTo("(1\r");
        assertThat(ask(line, "C")).isEqualTo("C\r");
        link.isThrough();
    }

    @Test
    void fujiSaysHowLongTheAnswerIs() throws IOException {
        var link = link("""
                write 02 | 80 06 03 03 "Q1" 00 2f
                read 81 8 | "(229.9 0"
                read 81 8 | "1" 0d 00*6
                write 02 | 80 06 04 03 "S.5" 00
                read 81 8 | timeout
                """);
        TextLine line = Bridge.FUJI.over(link, Bridge.Options.NONE);
        assertThat(ask(line, "Q1")).isEqualTo("(229.9 01\r");
        isSilentAt(line, "S.5R0003");
        assertThat(ask(line, "S.5R0000")).as("too long").isEqualTo("S.5R0000\r");
        link.isThrough();
    }

    @Test
    void phoenixtecSendsTheWholeCommandByAVendorsRequest() throws IOException {
        var link = link("""
                out 42 0d 0000 0000 | "Q3" 0d
                read 81 256 | "(00 225.9"
                read 81 256 | " 225.9" 0d
                out 42 0d 0000 0000 | "TUD,07" 0d
                out 42 0d 0000 0000 | "MSO" 0d
                read 81 256 | "(220" 0d
                """);
        TextLine line = Bridge.PHOENIXTEC.over(link, Bridge.Options.NONE);
        assertThat(ask(line, "Q3")).isEqualTo("(00 225.9 225.9\r");
        isSilentAt(line, "TUD,07");
        assertThat(ask(line, "MSO")).isEqualTo("(220\r");
        link.isThrough();
    }

    @Test
    void ablerexAsksAgainForAnAnswerOfAnotherLength() throws IOException {
        var link = link("""
                out 21 09 0305 0000 | 05 00 02 "F" 0d 00*42
                in a1 01 0305 0000 47 | "#230" 0d 00*42
                out 21 09 0305 0000 | 05 00 02 "F" 0d 00*42
                in a1 01 0305 0000 47 | "#230.0 003 024.0 50.0" 0d 00*25
                out 21 09 0305 0000 | 05 00 02 "C" 0d 00*42
                in a1 01 0305 0000 47 | timeout
                """);
        TextLine line = Bridge.ABLEREX.over(link, Bridge.Options.NONE);
        assertThat(ask(line, "F")).isEqualTo("#230.0 003 024.0 50.0\r");
        isSilentAt(line, "C");
        link.isThrough();
    }

    /** A unit of Vultech, as its owner recorded it. */
    @Test
    void armacCountsInItsFirstByte() throws IOException {
        var link = link("""
                read 81 8 | timeout
                out 21 09 0200 0000 | a3 "Q1" 0d
                read 81 8 | 86 28 32 33 38 2e
                read 81 8 | a6 36 20 30 30 30
                read 81 8 | 86 2e 30 20 32 32
                read 81 8 | a6 30 2e 32 20 30
                read 81 8 | 86 31 39 20 34 39
                read 81 8 | a6 2e 39 20 32 2e
                read 81 8 | 86 32 33 20 34 33
                read 81 8 | a6 2e 30 20 30 00
                read 81 8 | 86 30 30 30 30 30
                read 81 8 | a3 31 0d 30 30 30
                read 81 8 | timeout
                out 21 09 0200 0000 | a3 "T05"
                out 21 09 0200 0000 | a1 0d 00 00
                read 81 8 | a0 00 00
                """);
        TextLine line = Bridge.ARMAC.over(link, Bridge.Options.NONE);
        assertThat(ask(line, "Q1")).isEqualTo("(238.6 000.0 220.2 019 49.9 2.23 43.0 00000001\r");
        isSilentAt(line, "T05");
        assertThat(ask(line, "QGS")).as("never sent").isEqualTo("QGS\r");
        link.isThrough();
    }

    @Test
    void armacWithLargeEndpointsSendsTheWholeCommand() throws IOException {
        var link = new FakeUsbLink(
                        UsbIdentity.of(0x0925, 0x1234, 1),
                        new UsbEndpoint(0x82, UsbEndpoint.Transfer.INTERRUPT, 64),
                        new UsbEndpoint(0x02, UsbEndpoint.Transfer.INTERRUPT, 64))
                .then("""
                        write 02 | a3 "Q1" 0d
                        read 82 64 | 87 "(229.9 "
                        read 82 64 | 82 "1" 0d
                        write 02 | a2 "I" 0d
                        read 82 64 | 83 00 00 00
                        """);
        TextLine line = Bridge.ARMAC.over(link, Bridge.Options.NONE);
        assertThat(ask(line, "Q1")).isEqualTo("(229.9 1\r");
        isSilentAt(line, "I");
        link.isThrough();
    }

    @ParameterizedTest
    @CsvSource({
        "0001, 0000, MEC, MEC0003, fabula",
        "0001, 0000, Other, MEC0003, hunnox",
        "0001, 0000, ATCL FOR UPS, ATCL FOR UPS, fuji",
        "0001, 0000, Other, Other, krauler",
        "0001, 0000, , , krauler",
        "06da, 0002, Phoenixtec Power, USB Cable (V2.00), phoenixtec",
        "06da, 0002, Phoenixtec Power, Other, cypress",
        "0665, 5161, INNO TECH, , cypress",
        "0925, 1234, , , armac",
        "ffff, 0000, , , ablerex",
        "0590, 00b7, , , omron",
        "0483, 0035, , , sgs",
        "06da, 0003, , , ippon",
        "14f0, 00c9, , , phoenix",
        "1a86, 7523, , , ''",
    })
    void tellsTheChipByIdsAndStrings(String vendor, String product, String maker, String name, String chip) {
        var identity = UsbIdentity.of(Integer.parseInt(vendor, 16), Integer.parseInt(product, 16), 1)
                .withStrings(maker, name, null);
        assertThat(BridgeDevice.bridge(BridgeDevice.QX, identity)
                        .map(Bridge::spelled)
                        .orElse(""))
                .isEqualTo(chip);
    }
}
