package org.cobnut.link.modbus.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.cobnut.link.ByteLink;
import org.cobnut.link.modbus.ModbusFrameException;
import org.cobnut.link.usb.InterruptReader;
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

    private final UsbLink link;
    private final ModbusReports reports;
    private final int endpointOut;
    private final InterruptReader reader;

    private ReportBytes(UsbLink link, ModbusReports reports, int endpointOut, int endpointIn) {
        this.link = link;
        this.reports = reports;
        this.endpointOut = endpointOut;
        reader = new InterruptReader(link, endpointIn, REPORT, this::response);
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
        return reader.read(into, wait);
    }

    @Override
    public void discard() throws IOException {
        reader.discard();
    }

    @Override
    public void close() {
        link.close();
    }

    private byte[] response(byte[] report) {
        boolean ours = report.length > 0 && (report[0] & 0xff) == reports.in();
        return ours ? Arrays.copyOfRange(report, 1, report.length) : new byte[0];
    }
}
