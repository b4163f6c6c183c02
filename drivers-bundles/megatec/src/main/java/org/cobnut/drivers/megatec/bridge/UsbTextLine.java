package org.cobnut.drivers.megatec.bridge;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cobnut.drivers.megatec.wire.TextLine;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.link.usb.UsbLink;

/** What all chips have in common. */
abstract class UsbTextLine implements TextLine {
    /** Where nearly all chips send. */
    static final int IN = 0x81;

    /** SET_REPORT to the interface. */
    static final int REPORT_OUT = 0x21;

    static final int SET_REPORT = 0x09;

    final UsbLink link;

    UsbTextLine(UsbLink link) {
        this.link = link;
    }

    @Override
    public Optional<UsbIdentity> usb() {
        return Optional.of(link.identity());
    }

    @Override
    public void close() {
        link.close();
    }

    /** Sends a report on endpoint 0; a device that refuses it has not heard. */
    void report(int value, byte[] bytes, Duration wait) throws IOException {
        try {
            link.controlOut(REPORT_OUT, SET_REPORT, value, 0, bytes, wait);
        } catch (StallException e) {
            throw silent(wait);
        }
    }

    /** Waits for a report; a halt is ended, and counts as silence. */
    byte[] await(int endpoint, int length, Duration wait) throws IOException {
        if (wait.isZero() || wait.isNegative()) throw silent(wait);
        try {
            return link.interruptIn(endpoint, length, wait);
        } catch (StallException e) {
            link.clearHalt(endpoint);
            throw silent(wait);
        }
    }

    /** Reads away what came before, at most so many reports, until none comes for so long. */
    void drain(int endpoint, int length, int most, Duration wait) throws IOException {
        try {
            for (int i = 0; i < most; i++) await(endpoint, length, wait);
        } catch (NoAnswerException e) {
            return; // nothing is left
        }
    }

    static NoAnswerException silent(Duration wait) {
        return new NoAnswerException(new byte[0], wait);
    }

    static void pause(Duration time) throws InterruptedIOException {
        try {
            if (new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS)) throw new AssertionError();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
