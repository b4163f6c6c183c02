package org.cobnut.link.usb.libusb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbEndpoint;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.link.usb.libusb.DeviceScan.Descriptor;
import org.cobnut.link.usb.libusb.DeviceScan.Plugged;
import org.usb4java.LibUsb;

/** An open device with one interface claimed for a session. */
record ClaimedInterface(
        OpenDevice device,
        UsbIdentity identity,
        Descriptor descriptor,
        UsbConfiguration configuration,
        UsbConfiguration.Interface use) {
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final int HEADER = 9;

    /**
     * Claims the interface that a session wants. The device is the caller's to close when that fails.
     *
     * @param hid whether the usual interface is the first of the HID class, and not the first one
     */
    static ClaimedInterface of(
            OpenDevice device, Plugged plugged, UsbIdentity identity, UsbParameters parameters, boolean hid)
            throws IOException {
        UsbConfiguration configuration = configuration(device, plugged, parameters);
        Optional<UsbDeviceId> row = parameters.row(identity);
        int number = parameters.setup().interfaceNumber().orElseGet(() -> row.map(UsbDeviceId::interfaceNumber)
                .orElse(OptionalInt.empty())
                .orElseGet(() -> usual(configuration, hid)));
        int alternate = parameters.setup().alternate().orElse(0);
        UsbConfiguration.Interface use = configuration
                .find(number, alternate)
                .orElseThrow(() -> new IOException("%s has no interface %d; it has %s"
                        .formatted(OpenFailure.name(plugged), number, configuration.numbers())));
        int code = device.claim(number);
        if (code != LibUsb.SUCCESS) throw OpenFailure.of(plugged, code);
        if (parameters.setup().alternate().isPresent()) {
            int set = device.call(handle -> LibUsb.setInterfaceAltSetting(handle, number, alternate));
            if (set != LibUsb.SUCCESS)
                throw new IOException("%s has no alternate setting %d of interface %d (%s)"
                        .formatted(OpenFailure.name(plugged), alternate, number, LibUsb.errorName(set)));
        }
        return new ClaimedInterface(device, identity, plugged.descriptor(), configuration, use);
    }

    /** The endpoint for interrupt reports: what the section says, what the table says, or the first one. */
    OptionalInt endpointIn(UsbParameters parameters) {
        OptionalInt given = parameters.setup().endpointIn();
        if (given.isPresent()) return OptionalInt.of(given.getAsInt() | 0x80);
        OptionalInt row = parameters.row(identity).map(UsbDeviceId::endpointIn).orElse(OptionalInt.empty());
        if (row.isPresent()) return row;
        return use.interrupt(true)
                .map(endpoint -> OptionalInt.of(endpoint.address()))
                .orElse(OptionalInt.empty());
    }

    /** The packet size of an endpoint; 0 for one that the interface does not have. */
    int packet(int address) {
        return use.endpoints().stream()
                .filter(endpoint -> endpoint.address() == address)
                .mapToInt(UsbEndpoint::maxPacket)
                .findFirst()
                .orElse(0);
    }

    private static int usual(UsbConfiguration configuration, boolean hid) {
        return configuration.interfaces().stream()
                .filter(one -> !hid || one.hid())
                .mapToInt(UsbConfiguration.Interface::number)
                .findFirst()
                .orElse(0);
    }

    /** The descriptor of the configuration that is in use; one is set where none is. */
    private static UsbConfiguration configuration(OpenDevice device, Plugged plugged, UsbParameters parameters)
            throws IOException {
        OptionalInt given = parameters.setup().configuration();
        if (given.isPresent()) return read(device, plugged, given.getAsInt());
        IntBuffer active = ByteBuffer.allocateDirect(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
        int code = device.call(handle -> LibUsb.getConfiguration(handle, active));
        int wanted = code == LibUsb.SUCCESS ? active.get(0) : 0;
        UsbConfiguration first = read(device, plugged, 0);
        if (wanted == 0) {
            int value = value(first);
            int set = device.call(handle -> LibUsb.setConfiguration(handle, value));
            if (set != LibUsb.SUCCESS) throw OpenFailure.of(plugged, set);
            return first;
        }
        for (int index = 0; index < plugged.descriptor().configurations(); index++) {
            UsbConfiguration one = index == 0 ? first : read(device, plugged, index);
            if (value(one) == wanted) return one;
        }
        return first;
    }

    private static int value(UsbConfiguration configuration) {
        byte[] bytes = configuration.bytes();
        return bytes.length < HEADER ? 0 : bytes[5] & 0xff;
    }

    private static UsbConfiguration read(OpenDevice device, Plugged plugged, int index) throws IOException {
        byte[] header = read(device, index, HEADER);
        if (header.length < HEADER)
            throw new IOException(OpenFailure.name(plugged) + " tells too little of its configuration " + index);
        return UsbConfiguration.parse(read(device, index, (header[2] & 0xff) | (header[3] & 0xff) << 8));
    }

    private static byte[] read(OpenDevice device, int index, int length) throws IOException {
        return device.controlIn(0x80, 6, 0x0200 | index, 0, length, WAIT, "configuration descriptor " + index);
    }
}
