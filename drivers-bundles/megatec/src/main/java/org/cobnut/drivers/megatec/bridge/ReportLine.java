package org.cobnut.drivers.megatec.bridge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.UsbLink;

/** Chips that take a text in slices, each an output report, and give the answer in interrupt reports. */
final class ReportLine extends UsbTextLine {
    private static final Duration SEND = Duration.ofSeconds(5);

    private final Way way;

    /** How the bytes of an answer stand in reports. */
    private enum Framing {
        /** One behind the other, up to the CR. */
        PLAIN,
        /** All in one report, up to the CR or else the first NUL. */
        SINGLE,
        /** Behind a byte that counts them, up to the CR or the first silence. */
        COUNTED
    }

    /**
     * What is one chip's own.
     *
     * @param value the report's type and number, as the chip wants them
     * @param out bytes of a report that is sent
     * @param in bytes of a report that is received, at most
     * @param old reports that are read away before a text is sent, at most
     * @param quiet how long none must come for that
     * @param patience how long an answer may take
     */
    record Way(int value, int out, int in, Framing framing, int old, Duration quiet, Duration patience) {
        static Way slices(int value, int out, int in) {
            return new Way(value, out, in, Framing.PLAIN, 0, Duration.ZERO, Duration.ofSeconds(1));
        }

        Way inOne() {
            return new Way(value, out, in, Framing.SINGLE, old, quiet, patience);
        }

        Way counted() {
            return new Way(value, out, in, Framing.COUNTED, old, quiet, patience);
        }

        Way drainedFor(int most, Duration time) {
            return new Way(value, out, in, framing, most, time, patience);
        }

        /** For the chips that keep answers to what was asked before, and are slow besides. */
        Way drained(boolean needed) {
            return needed ? new Way(value, out, in, framing, 10, Duration.ofMillis(25), Duration.ofSeconds(3)) : this;
        }
    }

    ReportLine(UsbLink link, Way way) {
        super(link);
        this.way = way;
    }

    @Override
    public Duration patience() {
        return way.patience;
    }

    @Override
    public void send(String text) throws IOException {
        drain(IN, way.in, way.old, way.quiet);
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int head = way.framing == Framing.COUNTED ? 1 : 0;
        int payload = way.out - head;
        for (int at = 0; at < bytes.length; at += payload) {
            var slice = new byte[way.out];
            int count = Math.min(payload, bytes.length - at);
            if (head == 1) slice[0] = (byte) count;
            System.arraycopy(bytes, at, slice, head, count);
            report(way.value, slice, SEND);
        }
    }

    @Override
    public String receive(Duration wait) throws IOException {
        long deadline = System.nanoTime() + wait.toNanos();
        var answer = new StringBuilder();
        while (answer.length() < LONGEST) {
            byte[] bytes;
            try {
                bytes = await(IN, way.in, Duration.ofNanos(deadline - System.nanoTime()));
            } catch (NoAnswerException e) {
                if (way.framing == Framing.COUNTED && answer.length() > 0)
                    return answer.append('\r').toString();
                throw new NoAnswerException(answer.toString().getBytes(StandardCharsets.ISO_8859_1), wait);
            }
            answer.append(new String(payload(bytes), StandardCharsets.ISO_8859_1));
            int end = answer.indexOf("\r");
            if (end >= 0) return answer.substring(0, end + 1);
            if (way.framing == Framing.SINGLE) return single(answer, wait);
        }
        throw new NoAnswerException(answer.toString().getBytes(StandardCharsets.ISO_8859_1), wait);
    }

    private byte[] payload(byte[] report) {
        if (way.framing != Framing.COUNTED) return report;
        int count = report.length == 0 ? 0 : Math.min(report[0] & 0xff, report.length - 1);
        return Arrays.copyOfRange(report, Math.min(1, report.length), 1 + count);
    }

    /** An answer without a CR ends at the first NUL; one that begins with it is none. */
    private static String single(StringBuilder answer, Duration wait) throws NoAnswerException {
        int end = answer.indexOf("\0");
        String text = end < 0 ? answer.toString() : answer.substring(0, end);
        if (text.isEmpty()) throw silent(wait);
        return text + "\r";
    }
}
