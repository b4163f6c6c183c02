package org.cobnut.link.modbus.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.cobnut.link.ByteLink;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.modbus.ModbusFrameException;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbEndpoint;
import org.cobnut.link.usb.UsbLink;

/**
 * Bytes in HID reports of 64: the number of the report, then 63 bytes, the last of which are zeros where there is less to say. A
 * request has one report, a response as many as it needs. The device sends other reports in between, which are passed over.
 * One session, one thread, but for {@link #close}.
 */
final class ReportBytes implements ByteLink {
    private static final int REPORT = 64;
    private static final int PAYLOAD = REPORT - 1;
    private static final int LONGEST_DESCRIPTOR = 2048;
    private static final Duration SEND = Duration.ofSeconds(5);

    /** Reports of an old response that are thrown away, at most, and how long none must come for that. */
    private static final int MOST_OLD = 50;

    private static final Duration QUIET = Duration.ofMillis(5);

    private final UsbLink link;
    private final ModbusReports reports;
    private final int endpointOut;
    private final int endpointIn;
    private byte[] unread = {};

    private ReportBytes(UsbLink link, ModbusReports reports, int endpointOut, int endpointIn) {
        this.link = link;
        this.reports = reports;
        this.endpointOut = endpointOut;
        this.endpointIn = endpointIn;
    }

    /** Takes the link over when it is a device with Modbus. */
    static ReportBytes open(UsbLink link) throws IOException {
        byte[] descriptor = link.controlIn(0x81, 0x06, 0x2200, link.interfaceNumber(), LONGEST_DESCRIPTOR, SEND);
        ModbusReports reports = ModbusReports.of(descriptor)
                .orElseThrow(
                        () -> new IOException(link.identity() + " has no reports for Modbus; usbhid-ups may know it"));
        return new ReportBytes(link, reports, endpoint(link, false), endpoint(link, true));
    }

    private static int endpoint(UsbLink link, boolean in) throws IOException {
        List<UsbEndpoint> endpoints = link.endpoints();
        return endpoints.stream()
                .filter(one -> one.transfer() == UsbEndpoint.Transfer.INTERRUPT)
                .filter(one -> one.in() == in)
                .map(UsbEndpoint::address)
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "%s has no interrupt endpoint that %s".formatted(link.identity(), in ? "sends" : "receives")));
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        if (bytes.length > PAYLOAD)
            throw new ModbusFrameException(
                    "a request of %d bytes does not fit into a report of %d".formatted(bytes.length, PAYLOAD));
        var report = new byte[REPORT];
        report[0] = (byte) reports.out();
        System.arraycopy(bytes, 0, report, 1, bytes.length);
        link.interruptOut(endpointOut, report, SEND);
    }

    @Override
    public int read(byte[] into, Duration wait) throws IOException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (unread.length == 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || !report(Duration.ofNanos(left))) return 0;
        }
        int count = Math.min(into.length, unread.length);
        System.arraycopy(unread, 0, into, 0, count);
        unread = Arrays.copyOfRange(unread, count, unread.length);
        return count;
    }

    @Override
    public void discard() throws IOException {
        for (int i = 0; i < MOST_OLD && report(QUIET); i++) unread = new byte[0];
        unread = new byte[0];
    }

    @Override
    public void close() {
        link.close();
    }

    /** Takes the next report, of which only those with responses are kept; a halt is ended, and counts as silence. */
    private boolean report(Duration wait) throws IOException {
        try {
            byte[] report = link.interruptIn(endpointIn, REPORT, wait);
            if (report.length > 0 && (report[0] & 0xff) == reports.in())
                unread = Arrays.copyOfRange(report, 1, report.length);
            return true;
        } catch (NoAnswerException none) {
            return false;
        } catch (StallException halted) {
            link.clearHalt(endpointIn);
            return false;
        }
    }
}
