package org.cobnut.drivers.bcmxcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.table.UnfitAnswerException;

/** XCP over USB: a frame goes in one control transfer, and comes in interrupt transfers that may cut it anywhere. */
final class UsbXcpLine implements XcpLine {
    private static final int POWERWARE = 0x0592;
    private static final int ENDPOINT = 0x81;
    private static final int LONGEST = 128;
    private static final Duration SENDING = Duration.ofSeconds(1);
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final UsbLink usb;
    private final StringBuilder arrived = new StringBuilder();

    UsbXcpLine(UsbLink usb) {
        this.usb = usb;
    }

    @Override
    public void send(String frame) throws IOException {
        arrived.setLength(0);
        byte[] bytes = frame.getBytes(StandardCharsets.ISO_8859_1);
        try {
            if (usb.identity().vendorId() == POWERWARE) usb.controlOut(0x00, 0x07, 0x0304, 0, bytes, SENDING);
            else usb.controlOut(0x42, 0x0d, 0, 0, bytes, SENDING);
        } catch (StallException e) {
            throw new UnfitAnswerException("the UPS refused the transfer");
        }
    }

    @Override
    public String block(int length) throws IOException {
        long deadline = System.nanoTime() + WAIT.toNanos();
        while (arrived.length() < length) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || !receive(Duration.ofNanos(left)))
                throw new NoAnswerException(arrived.toString().getBytes(StandardCharsets.ISO_8859_1), WAIT);
        }
        String block = arrived.substring(0, length);
        arrived.delete(0, length);
        return block;
    }

    /** What comes meanwhile answers nothing. */
    @Override
    public void rest(Duration wait) throws IOException {
        long deadline = System.nanoTime() + wait.toNanos();
        for (long left = wait.toNanos(); left > 0; left = deadline - System.nanoTime())
            if (!receive(Duration.ofNanos(left))) return;
    }

    @Override
    public void close() {
        usb.close();
    }

    private boolean receive(Duration wait) throws IOException {
        try {
            arrived.append(new String(usb.interruptIn(ENDPOINT, LONGEST, wait), StandardCharsets.ISO_8859_1));
            return true;
        } catch (NoAnswerException silent) {
            return false;
        } catch (StallException e) {
            usb.clearHalt(ENDPOINT);
            return false;
        }
    }
}
