package org.cobnut.link.usb.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.record.Conversation;
import org.cobnut.link.record.Recording;
import org.cobnut.link.record.Transcript;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.ReportType;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbLink;
import org.junit.jupiter.api.Test;

/** Each transcript is replayed, and what passes then is recorded: the same transcript. */
class UsbLinkRecorderTest {
    private static final Duration WAIT = Duration.ofSeconds(1);

    private static final String HID = """
            = ids 0463:ffff:0106
            = vendor EATON
            = product Ellipse
            = serial AB1234
            = place 1-1.4 007
            > descriptor
            < 05 84 09 04 c0
            > get feature 06 8
            < 06 64
            > get feature 06 8
            < 06 63
            > get feature 07 8
            < stall
            > get input 08 8
            <\s
            > set feature 0f 0f 0a 00
            < done
            >\s
            < 01 0c
            > string 2
            < text Ellipse
            > string 9
            < none
            """;

    private static final String USB = """
            = ids 0665:5161:0002
            = product USB to Serial
            = device 1201
            = configuration 0902
            = interface 0
            = endpoints 81/INTERRUPT/8 02/INTERRUPT/8
            > control 21 09 0200 0000 Q1\\r\\x00\\x00\\x00\\x00\\x00
            < 8:(230.0 16:95.0\\r\\x00
            > out 02 S01R\\nout 02 0003\\r
            <\s
            > control a1 01 0305 0000 47
            < stall:
            > string 2
            < 7:Ellipse
            > string 9
            < none:
            """;

    private final StringBuilder recorded = new StringBuilder();

    private final Recording recording = new Recording() {
        @Override
        public void sent(String text) {
            line('>', text);
        }

        @Override
        public void received(String text) {
            line('<', text);
        }

        @Override
        public void state(String name, String value) {
            line('=', name + " " + value);
        }

        @Override
        public void failed(String reason) {
            line('!', reason);
        }

        private void line(char kind, String text) {
            recorded.append(kind).append(' ').append(Transcript.escape(text)).append('\n');
        }
    };

    private <L> L link(Class<L> kind, String transcript) {
        var recorder = new UsbLinkRecorder();
        Conversation conversation = Transcript.of(transcript).conversation();
        Class<? extends org.cobnut.link.Link> type = kind == HidLink.class ? HidLink.class : UsbLink.class;
        return kind.cast(recorder.record(type, recorder.replay(type, conversation), recording));
    }

    @Test
    void recordsAndReplaysReports() throws IOException {
        HidLink link = link(HidLink.class, HID);
        assertThat(link.identity()).hasToString("0463:ffff EATON Ellipse at 1-1.4, serial AB1234");
        assertThat(link.identity().release()).isEqualTo(0x0106);
        assertThat(link.reportDescriptor()).containsExactly(0x05, 0x84, 0x09, 0x04, 0xc0);
        assertThat(link.getReport(ReportType.FEATURE, 6, 8)).containsExactly(6, 100);
        assertThat(link.getReport(ReportType.FEATURE, 6, 8)).containsExactly(6, 99);
        assertThatExceptionOfType(StallException.class).isThrownBy(() -> link.getReport(ReportType.FEATURE, 7, 8));
        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> link.getReport(ReportType.INPUT, 8, 8));
        link.setReport(ReportType.FEATURE, 15, new byte[] {15, 10, 0});
        assertThat(link.nextInput()).contains(new byte[] {1, 12});
        assertThat(link.nextInput()).isEmpty();
        assertThat(link.string(2)).contains("Ellipse");
        assertThat(link.string(9)).isEmpty();
        assertThat(recorded).hasToString(HID);
        link.close();
        assertThatIOException().isThrownBy(link::nextInput);
    }

    @Test
    void recordsAndReplaysTransfers() throws IOException {
        UsbLink link = link(UsbLink.class, USB);
        assertThat(link.endpoints()).hasSize(2);
        link.controlOut(0x21, 9, 0x0200, 0, bytes("Q1\r\0\0\0\0\0"), WAIT);
        assertThat(link.interruptIn(0x81, 8, WAIT)).isEqualTo(bytes("(230.0 1"));
        assertThat(link.interruptIn(0x81, 8, WAIT)).isEqualTo(bytes("95.0\r\0"));
        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> link.interruptIn(0x81, 8, WAIT));
        link.interruptOut(2, bytes("S01R"), WAIT);
        link.interruptOut(2, bytes("0003\r"), WAIT);
        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> link.interruptIn(0x81, 8, WAIT));
        assertThatExceptionOfType(StallException.class).isThrownBy(() -> link.controlIn(0xa1, 1, 0x0305, 0, 47, WAIT));
        assertThat(link.string(2)).contains("Ellipse");
        assertThat(link.string(9)).isEmpty();
        link.controlOut(0x21, 9, 0x0200, 0, bytes("F\r"), WAIT);
        assertThat(recorded).hasToString(USB);
    }

    @Test
    void saysWhatInARecordingIsNoPacket() {
        UsbLink link = link(UsbLink.class, "> control 80 06 0303 0409 102\n< what:ever\n");
        assertThatIOException()
                .isThrownBy(() -> link.stringDescriptor(3, 0x0409, 102, WAIT))
                .withMessageContaining("'what'");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
