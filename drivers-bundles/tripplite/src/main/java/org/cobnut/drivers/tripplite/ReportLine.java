package org.cobnut.drivers.tripplite;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.table.UnfitAnswerException;

/**
 * Requests and answers in reports of eight bytes. A request is a colon, a letter, its argument, a check sum and CR; the answer
 * begins with the same letter. A unit may send its last answer again and again until it has the next one.
 */
final class ReportLine implements AutoCloseable {
    private static final int REPORT = 8;

    /** Bytes of a request that are left beside the colon, the check sum and CR. */
    private static final int MOST = REPORT - 3;

    private static final int IN = 0x81;
    private static final int TO_INTERFACE = 0x21;
    private static final int SET_REPORT = 0x09;
    private static final int FEATURE = 0x0300;
    private static final Duration SEND = Duration.ofSeconds(5);
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final UsbLink link;
    private final Duration settle;

    /**
     * Takes over the link, which {@link #close} gives back.
     *
     * @param settle how long a unit needs until its answer is the new one
     */
    ReportLine(UsbLink link, Duration settle) {
        this.link = link;
        this.settle = settle;
    }

    /**
     * Asks a question and waits for its answer, in which CR stands behind the last byte that counts.
     *
     * @param question a letter, one character a byte
     * @return eight bytes, the first of which is the letter
     * @throws NoAnswerException when nothing came
     * @throws UnfitAnswerException when the unit refused, or other reports came
     */
    byte[] ask(String question) throws IOException {
        return exchange(question, ReportLine::ended);
    }

    /** Gives an order and waits until the unit sends its letter back; as {@link #ask} else. */
    void order(String order) throws IOException {
        exchange(order, any -> true);
    }

    private static boolean ended(byte[] report) {
        for (int i = 1; i < report.length; i++) if (report[i] == '\r') return true;
        return false;
    }

    private byte[] exchange(String request, Predicate<byte[]> fits) throws IOException {
        byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length > MOST) throw new IllegalArgumentException("a request has at most " + MOST + " bytes");
        try {
            link.controlOut(TO_INTERFACE, SET_REPORT, FEATURE, link.interfaceNumber(), report(bytes), SEND);
        } catch (StallException refused) {
            throw new UnfitAnswerException("the UPS refuses the report");
        }
        pause(settle);
        return answer(report -> report.length == REPORT && report[0] == bytes[0] && fits.test(report));
    }

    /** Waits; the unit answers nothing meanwhile. */
    static void pause(Duration time) throws InterruptedIOException {
        try {
            if (new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS)) throw new AssertionError();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void close() {
        link.close();
    }

    private static byte[] report(byte[] request) {
        var report = new byte[REPORT];
        report[0] = ':';
        int sum = 0;
        for (int i = 0; i < request.length; i++) {
            report[i + 1] = request[i];
            sum += request[i];
        }
        report[request.length + 1] = (byte) (255 - sum);
        report[request.length + 2] = '\r';
        return report;
    }

    private byte[] answer(Predicate<byte[]> fits) throws IOException {
        byte[] other = {};
        long deadline = System.nanoTime() + WAIT.toNanos();
        try {
            for (long left = WAIT.toNanos(); left > 0; left = deadline - System.nanoTime()) {
                byte[] report = link.interruptIn(IN, REPORT, Duration.ofNanos(left));
                if (fits.test(report)) return report;
                other = report;
            }
        } catch (StallException halted) {
            link.clearHalt(IN);
        } catch (NoAnswerException none) {
            if (other.length == 0) throw none;
        }
        if (other.length == 0) throw new NoAnswerException(other, WAIT);
        throw new UnfitAnswerException("the UPS answers another question: " + printable(other));
    }

    private static String printable(byte[] report) {
        return new String(report, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
    }
}
