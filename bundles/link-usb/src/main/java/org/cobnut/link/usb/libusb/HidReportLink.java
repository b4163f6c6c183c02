package org.cobnut.link.usb.libusb;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledExecutorService;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.ReportType;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.link.usb.UsbParameters;
import org.jspecify.annotations.Nullable;

/** Reports of a claimed interface of the HID class. */
final class HidReportLink implements HidLink {
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final int GET_DESCRIPTOR = 6;
    private static final int GET_REPORT = 1;
    private static final int SET_REPORT = 9;
    private static final int HID = 0x2100;
    private static final int REPORT = 0x2200;

    private final ClaimedInterface claimed;
    private final byte[] descriptor;
    private final @Nullable InputReports input;
    private final DeviceStrings strings;
    private final Runnable closed;

    private HidReportLink(ClaimedInterface claimed, byte[] descriptor, @Nullable InputReports input, Runnable closed) {
        this.claimed = claimed;
        this.descriptor = descriptor;
        this.input = input;
        this.closed = closed;
        strings = new DeviceStrings(claimed.device());
    }

    /**
     * Listens for input reports, unless the parameters say otherwise.
     *
     * @param wake called for each input report and when the device is lost
     * @param closed told when the link is closed
     */
    static HidReportLink open(
            ClaimedInterface claimed,
            byte[] descriptor,
            UsbParameters parameters,
            Runnable wake,
            ScheduledExecutorService worker,
            Runnable closed) {
        InputReports input = null;
        if (!parameters.setup().pollOnly()) {
            OptionalInt endpoint = claimed.endpointIn(parameters);
            if (endpoint.isPresent()) {
                int packet = Math.max(1, claimed.packet(endpoint.getAsInt()));
                int longest = Math.max(packet, InputLength.of(descriptor));
                int room = (longest + packet - 1) / packet * packet;
                int limit = parameters.setup().interruptSize().orElse(room);
                input = new InputReports(claimed.device(), endpoint.getAsInt(), room, limit, wake, worker);
            }
        }
        var link = new HidReportLink(claimed, descriptor, input, closed);
        if (input != null) input.listen();
        return link;
    }

    /**
     * Reads the report descriptor of an interface. Its length is told twice, and some devices lie in one place: the longer one that
     * the device gives in full counts.
     *
     * @throws IOException when there is none
     */
    static byte[] readDescriptor(ClaimedInterface claimed, UsbParameters parameters) throws IOException {
        int number =
                parameters.setup().descriptorInterface().orElse(claimed.use().number());
        int listed = claimed.configuration()
                .find(number, 0)
                .map(one -> one.reportLength().orElse(0))
                .orElse(0);
        int told = toldLength(claimed.device(), number);
        byte[] longer = read(claimed.device(), number, Math.max(listed, told));
        int shorter = Math.min(listed, told);
        if (longer.length >= Math.max(listed, told) || shorter == 0 || longer.length >= shorter)
            if (longer.length > 0) return longer;
        byte[] other = read(claimed.device(), number, shorter);
        if (other.length == 0)
            throw new IOException(claimed.identity() + ": interface " + number + " gives no report descriptor");
        return other;
    }

    private static int toldLength(OpenDevice device, int number) throws IOException {
        try {
            byte[] hid = device.controlIn(0x81, GET_DESCRIPTOR, HID, number, 9, WAIT, "its HID descriptor");
            return hid.length < 9 ? 0 : (hid[7] & 0xff) | (hid[8] & 0xff) << 8;
        } catch (StallException | NoAnswerException none) {
            return 0;
        }
    }

    private static byte[] read(OpenDevice device, int number, int length) throws IOException {
        if (length == 0) return new byte[0];
        try {
            return device.controlIn(0x81, GET_DESCRIPTOR, REPORT, number, length, WAIT, "its report descriptor");
        } catch (StallException | NoAnswerException none) {
            return new byte[0];
        }
    }

    @Override
    public UsbIdentity identity() {
        return claimed.identity();
    }

    @Override
    public byte[] reportDescriptor() {
        return descriptor.clone();
    }

    @Override
    public byte[] getReport(ReportType type, int id, int maxLength) throws IOException {
        return claimed.device()
                .controlIn(
                        0xa1,
                        GET_REPORT,
                        type.code() << 8 | id,
                        claimed.use().number(),
                        maxLength,
                        WAIT,
                        name(type, id));
    }

    @Override
    public void setReport(ReportType type, int id, byte[] bytes) throws IOException {
        claimed.device()
                .controlOut(
                        0x21, SET_REPORT, type.code() << 8 | id, claimed.use().number(), bytes, WAIT, name(type, id));
    }

    @Override
    public Optional<byte[]> nextInput() throws IOException {
        if (input != null) return input.next();
        if (claimed.device().gone()) throw new IOException(claimed.identity() + " was unplugged");
        return Optional.empty();
    }

    @Override
    public Optional<String> string(int index) throws IOException {
        return strings.read(index);
    }

    @Override
    public void close() {
        claimed.device().close();
        closed.run();
    }

    private static String name(ReportType type, int id) {
        return "%s report 0x%02x".formatted(type.name().toLowerCase(java.util.Locale.ROOT), id);
    }
}
