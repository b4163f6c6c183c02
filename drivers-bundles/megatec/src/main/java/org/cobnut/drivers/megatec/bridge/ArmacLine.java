package org.cobnut.drivers.megatec.bridge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbEndpoint;
import org.cobnut.link.usb.UsbLink;

/**
 * Richcomm's chip in Armac and other units: {@code A0+n} and up to three characters in each report of four bytes, or the whole
 * command in one interrupt transfer where the chip has an endpoint for it. Answers stand behind a byte that counts them.
 */
final class ArmacLine extends UsbTextLine {
    private static final int REPORT = 0x0200;
    private static final int SLICE = 3;
    private static final int HEAD = 0xa0;
    private static final int COUNT = 0x3f;
    private static final int OUT = 0x02;
    private static final int IN_LARGE = 0x82;
    private static final int LARGE = 64;
    private static final int SMALL = 8;

    /** Where the bits begin in an answer to Q1; some units write NUL for 0 there. */
    private static final int BITS = 38;

    private static final Duration SEND = Duration.ofSeconds(5);
    private static final Duration QUIET = Duration.ofMillis(100);

    /** The UPS is silent at these, which takes time; they are sent back as not known. */
    private static final Set<String> UNKNOWN = Set.of("QGS", "QS", "QPI", "M", "D");

    private final boolean large;
    private Optional<String> echo = Optional.empty();

    ArmacLine(UsbLink link) {
        super(link);
        List<UsbEndpoint> ends = link.endpoints();
        this.large = ends.size() == 2
                && ends.stream().anyMatch(end -> interrupts(end, IN_LARGE) && end.maxPacket() == LARGE)
                && ends.stream().anyMatch(end -> interrupts(end, OUT));
    }

    private static boolean interrupts(UsbEndpoint end, int address) {
        return end.address() == address && end.transfer() == UsbEndpoint.Transfer.INTERRUPT;
    }

    @Override
    public void send(String text) throws IOException {
        echo = Optional.of(text).filter(said -> UNKNOWN.contains(said.strip()));
        if (echo.isPresent()) return;
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (large) {
            var packet = new byte[bytes.length + 1];
            packet[0] = (byte) (HEAD + bytes.length);
            System.arraycopy(bytes, 0, packet, 1, bytes.length);
            try {
                link.interruptOut(OUT, packet, SEND);
            } catch (StallException e) {
                link.clearHalt(OUT);
                throw silent(SEND);
            }
            return;
        }
        drain(IN, SMALL, 10, QUIET);
        for (int at = 0; at < bytes.length; at += SLICE) {
            int count = Math.min(SLICE, bytes.length - at);
            var packet = new byte[SLICE + 1];
            packet[0] = (byte) (HEAD + count);
            System.arraycopy(bytes, at, packet, 1, count);
            report(REPORT, packet, SEND);
        }
    }

    @Override
    public String receive(Duration wait) throws IOException {
        if (echo.isPresent()) {
            String text = echo.get();
            echo = Optional.empty();
            return text;
        }
        long deadline = System.nanoTime() + wait.toNanos();
        var answer = new StringBuilder();
        boolean more = true;
        while (more && answer.length() < LONGEST) {
            byte[] packet;
            try {
                packet = await(
                        large ? IN_LARGE : IN, large ? LARGE : SMALL, Duration.ofNanos(deadline - System.nanoTime()));
            } catch (NoAnswerException e) {
                break;
            }
            int count = packet.length == 0 ? 0 : Math.min(packet[0] & COUNT, packet.length - 1);
            more = count > 0 && taken(answer, packet, count);
        }
        if (answer.indexOf("\r") < 0)
            throw new NoAnswerException(answer.toString().getBytes(StandardCharsets.ISO_8859_1), wait);
        return answer.toString();
    }

    /** Whether the answer goes on behind this packet. */
    private static boolean taken(StringBuilder answer, byte[] packet, int count) {
        for (int i = 1; i <= count; i++) {
            char octet = (char) (packet[i] & 0xff);
            if (octet == 0 && answer.length() < BITS) return false;
            answer.append(octet == 0 ? '0' : octet);
            if (octet == '\r') return false;
        }
        return true;
    }
}
