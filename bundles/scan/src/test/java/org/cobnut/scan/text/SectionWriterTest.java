package org.cobnut.scan.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.Scanner;
import org.cobnut.wire.Lexer;
import org.junit.jupiter.api.Test;

class SectionWriterTest {
    private static final FoundDevice USB = FoundDevice.of(Scanner.USB, "usbhid-ups", "auto")
            .withAlternatives(List.of("mge-xml", "tripplite_usb"))
            .withOption("vendorid", "0463")
            .withFlag("pollonly")
            .withComment("", "bus", "001")
            .withComment("NOTMATCHED-YET", "bcdDevice", "0100");

    private final SectionWriter writer = new SectionWriter();

    @Test
    void writesASectionWithAlternativesFlagsAndComments() {
        assertThat(writer.sections(List.of(USB))).isEqualTo("""
                [nutdev-usb1]
                \tdriver = "usbhid-ups"\t# alternately: mge-xml, tripplite_usb
                \tport = "auto"
                \tvendorid = "0463"
                \tpollonly
                \t# bus = "001"
                \t###NOTMATCHED-YET### bcdDevice = "0100"
                """);
    }

    @Test
    void writesALineWithoutComments() {
        assertThat(SectionWriter.lines(List.of(USB, FoundDevice.of(Scanner.SERIAL, "mge-shut", "/dev/ttyS0"))))
                .isEqualTo("""
                USB:driver="usbhid-ups",port="auto",vendorid="0463",pollonly
                EATON_SERIAL:driver="mge-shut",port="/dev/ttyS0"
                """);
    }

    @Test
    void countsOnOverAllKinds() {
        writer.sections(List.of(USB));
        assertThat(writer.sections(List.of(FoundDevice.of(Scanner.NUT, "dummy-ups", "ups@box"))))
                .startsWith("[nutdev-nut2]\n");
    }

    @Test
    void remarksOnSerialNumbersThatTellNothing() {
        writer.sections(List.of(USB));
        List<FoundDevice> devices = Stream.of("", "0000", "ab ", "ab ", "good", "   ")
                .map(number -> FoundDevice.of(Scanner.USB, "usbhid-ups", "auto").withOption("serial", number))
                .toList();
        String text = writer.sectionsWithRemarks(devices);
        assertThat(text.substring(text.indexOf("\n# WARNING"))).isEqualTo("""

                # WARNING: <empty> "serial" reported in some devices: nutdev-usb2

                # WARNING: all-same character "serial" with 4 copies of '0' (0x30) reported in some devices: nutdev-usb3

                # WARNING: trailing blank space in "serial" value "ab " reported in device configuration(s): \
                nutdev-usb4,nutdev-usb5
                # WARNING: same "serial" value "ab " reported in several device configurations (maybe okay if multiple \
                drivers for same device, likely a vendor bug if reported by same driver for many devices): \
                nutdev-usb4,nutdev-usb5

                # WARNING: trailing blank space in "serial" value "   " reported in device configuration(s): nutdev-usb7
                # WARNING: all-same character "serial" with 3 copies of ' ' (0x20) reported in some devices: nutdev-usb7
                """);
    }

    /** What a device says of itself must not become another line, or another value, of ups.conf. */
    @Test
    void keepsWhatADeviceSaysWithinItsQuotes() {
        String evil = "x\"\n[root]\n\tdriver = \"evil\\";
        String text = writer.sections(List.of(FoundDevice.of(Scanner.USB, "usbhid-ups", evil)
                .withOption("product", evil)
                .withComment(evil, "p", evil)));
        assertThat(Lexer.lines(text)).hasSize(5);
        assertThat(Lexer.lines(text).get(4)).as("a comment").isEmpty();
        assertThat(Lexer.lines(text).get(3)).containsExactly("product", "=", "x\" [root]  driver = \"evil\\");
    }
}
