package org.cobnut.link.usb.libusb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.usb4java.Context;
import org.usb4java.Device;
import org.usb4java.DeviceDescriptor;
import org.usb4java.DeviceHandle;
import org.usb4java.DeviceList;
import org.usb4java.LibUsb;

/** The devices that are plugged in at one moment. They may be opened until it is closed. */
final class DeviceScan implements AutoCloseable {
    private static final int DEEPEST = 7;

    private final DeviceList list = new DeviceList();
    private final List<Plugged> devices = new ArrayList<>();

    /**
     * One device.
     *
     * @param ports from the root hub on, such as "1.4"
     */
    record Plugged(Device device, int bus, int address, String ports, Descriptor descriptor) {
        String path() {
            return bus + "-" + ports;
        }

        /** Its address, another each time that it is plugged in. */
        String node() {
            return DeviceScan.node(bus, address);
        }

        /** Opens it. The handle is a code of libusb when it failed. */
        int open(DeviceHandle handle) {
            return LibUsb.open(device, handle);
        }
    }

    /** The device descriptor: what a link tells of it. */
    record Descriptor(
            int usb,
            int deviceClass,
            int subClass,
            int protocol,
            int maxPacket,
            int vendor,
            int product,
            int release,
            int vendorString,
            int productString,
            int serialString,
            int configurations) {
        static Descriptor of(DeviceDescriptor read) {
            return new Descriptor(
                    read.bcdUSB() & 0xffff,
                    read.bDeviceClass() & 0xff,
                    read.bDeviceSubClass() & 0xff,
                    read.bDeviceProtocol() & 0xff,
                    read.bMaxPacketSize0() & 0xff,
                    read.idVendor() & 0xffff,
                    read.idProduct() & 0xffff,
                    read.bcdDevice() & 0xffff,
                    read.iManufacturer() & 0xff,
                    read.iProduct() & 0xff,
                    read.iSerialNumber() & 0xff,
                    read.bNumConfigurations() & 0xff);
        }

        /** The 18 bytes as they stand on the wire. */
        byte[] bytes() {
            return new byte[] {
                18,
                1,
                (byte) usb,
                (byte) (usb >> 8),
                (byte) deviceClass,
                (byte) subClass,
                (byte) protocol,
                (byte) maxPacket,
                (byte) vendor,
                (byte) (vendor >> 8),
                (byte) product,
                (byte) (product >> 8),
                (byte) release,
                (byte) (release >> 8),
                (byte) vendorString,
                (byte) productString,
                (byte) serialString,
                (byte) configurations
            };
        }
    }

    DeviceScan(Context context) throws IOException {
        int count = LibUsb.getDeviceList(context, list);
        if (count < 0) throw new IOException("the devices on USB cannot be listed (" + LibUsb.errorName(count) + ")");
        for (Device device : list) {
            var descriptor = new DeviceDescriptor();
            String ports = ports(device);
            if (ports.isEmpty() || LibUsb.getDeviceDescriptor(device, descriptor) != LibUsb.SUCCESS) continue;
            devices.add(new Plugged(
                    device,
                    LibUsb.getBusNumber(device),
                    LibUsb.getDeviceAddress(device),
                    ports,
                    Descriptor.of(descriptor)));
        }
    }

    /** The devices without root hubs. */
    List<Plugged> devices() {
        return List.copyOf(devices);
    }

    @Override
    public void close() {
        devices.clear();
        LibUsb.freeDeviceList(list, true);
    }

    /** The address of a device, such as "001/002". */
    static String node(int bus, int address) {
        return String.format(Locale.ROOT, "%03d/%03d", bus, address);
    }

    private static String ports(Device device) {
        ByteBuffer numbers = ByteBuffer.allocateDirect(DEEPEST);
        int count = LibUsb.getPortNumbers(device, numbers);
        var ports = new StringBuilder();
        for (int i = 0; i < count; i++) ports.append(i == 0 ? "" : ".").append(numbers.get(i) & 0xff);
        return ports.toString();
    }
}
