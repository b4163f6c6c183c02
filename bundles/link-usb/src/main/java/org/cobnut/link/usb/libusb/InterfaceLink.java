package org.cobnut.link.usb.libusb;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.cobnut.link.usb.UsbEndpoint;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.link.usb.UsbSetup;
import org.usb4java.LibUsb;

/** One claimed interface. Interrupt endpoints that the section names stand for those that the driver asks for. */
final class InterfaceLink implements UsbLink {
    private static final int IN = 0x80;

    private final ClaimedInterface claimed;
    private final UsbSetup setup;
    private final DeviceStrings strings;
    private final Runnable closed;

    /** @param closed told when this is closed */
    InterfaceLink(ClaimedInterface claimed, UsbSetup setup, Runnable closed) {
        this.claimed = claimed;
        this.setup = setup;
        this.closed = closed;
        strings = new DeviceStrings(claimed.device());
    }

    @Override
    public UsbIdentity identity() {
        return claimed.identity();
    }

    @Override
    public byte[] deviceDescriptor() {
        return claimed.descriptor().bytes();
    }

    @Override
    public byte[] configurationDescriptor() {
        return claimed.configuration().bytes();
    }

    @Override
    public int interfaceNumber() {
        return claimed.use().number();
    }

    @Override
    public List<UsbEndpoint> endpoints() {
        return claimed.use().endpoints();
    }

    @Override
    public Optional<String> string(int index) throws IOException {
        return strings.read(index);
    }

    @Override
    public byte[] controlIn(int requestType, int request, int value, int index, int length, Duration wait)
            throws IOException {
        return claimed.device()
                .controlIn(
                        requestType | 0x80,
                        request,
                        value,
                        index,
                        length,
                        wait,
                        "request %02x %02x %04x".formatted(requestType, request, value));
    }

    @Override
    public void controlOut(int requestType, int request, int value, int index, byte[] data, Duration wait)
            throws IOException {
        claimed.device()
                .controlOut(
                        requestType & 0x7f,
                        request,
                        value,
                        index,
                        data,
                        wait,
                        "request %02x %02x %04x".formatted(requestType, request, value));
    }

    @Override
    public byte[] interruptIn(int endpoint, int length, Duration wait) throws IOException {
        int used = used(endpoint);
        return claimed.device().in(used, false, room(used, length), length, wait, name(used));
    }

    @Override
    public void interruptOut(int endpoint, byte[] data, Duration wait) throws IOException {
        int used = used(endpoint);
        claimed.device().out(used, false, data, wait, name(used));
    }

    @Override
    public byte[] bulkIn(int endpoint, int length, Duration wait) throws IOException {
        return claimed.device().in(endpoint, true, room(endpoint, length), length, wait, name(endpoint));
    }

    @Override
    public void bulkOut(int endpoint, byte[] data, Duration wait) throws IOException {
        claimed.device().out(endpoint, true, data, wait, name(endpoint));
    }

    @Override
    public void clearHalt(int endpoint) throws IOException {
        int used = used(endpoint);
        int code = claimed.device().call(handle -> LibUsb.clearHalt(handle, (byte) used));
        if (code != LibUsb.SUCCESS)
            throw new IOException(name(used) + " stays halted (" + LibUsb.errorName(code) + ")");
    }

    @Override
    public void reset() throws IOException {
        int code = claimed.device().call(LibUsb::resetDevice);
        if (code == LibUsb.SUCCESS) return;
        claimed.device().lose();
        throw new IOException("the device did not come back from a reset (" + LibUsb.errorName(code) + ")");
    }

    @Override
    public void close() {
        claimed.device().close();
        closed.run();
    }

    private int used(int endpoint) {
        return (endpoint & IN) != 0
                ? setup.endpointIn().orElse(endpoint) | IN
                : setup.endpointOut().orElse(endpoint) & ~IN;
    }

    /** Whole packets, for a part of one overflows. */
    private int room(int endpoint, int length) {
        int packet = endpoints().stream()
                .filter(one -> one.address() == endpoint)
                .mapToInt(UsbEndpoint::maxPacket)
                .filter(size -> size > 0)
                .findFirst()
                .orElse(1);
        return Math.max(1, (length + packet - 1) / packet) * packet;
    }

    private static String name(int endpoint) {
        return "endpoint 0x%02x".formatted(endpoint);
    }
}
