package org.cobnut.testkit.usb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.link.usb.UsbEndpoint;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.link.usb.UsbLink;
import org.jspecify.annotations.Nullable;

/**
 * A device to be plugged into a {@link UsbBus}: its descriptors and strings, and an endless patience on its endpoints. A family
 * of devices extends it and overrides {@link #take}. The descriptors are set before it is plugged in.
 */
public class FakeUsbDevice {
    private static final int DEVICE = 1;
    private static final int CONFIGURATION = 2;
    private static final int STRING = 3;
    private static final int HID = 0x21;
    private static final int REPORT = 0x22;

    private final int vendor;
    private final int product;
    private final Map<Integer, String> strings = new TreeMap<>();
    private final List<Interface> interfaces = new ArrayList<>();
    private final Map<Integer, Deque<UsbTransfer>> waiting = new HashMap<>();
    private final Map<Integer, Deque<byte[]>> unread = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private int release = 0x0100;
    private int packet = 8;
    private int configurations = 1;
    private String kernelDriver = "usbhid";
    private @Nullable UsbBus bus;

    /** One interface; without a report descriptor it is none of the HID class. */
    private record Interface(String report, List<Integer> endpoints) {
        static Interface of(byte[] report, int[] endpoints) {
            return new Interface(
                    HexFormat.of().formatHex(report),
                    Arrays.stream(endpoints).boxed().toList());
        }

        byte[] descriptor() {
            return HexFormat.of().parseHex(report);
        }
    }

    /** A device with these ids, without strings and interfaces. */
    public FakeUsbDevice(int vendor, int product) {
        this.vendor = vendor;
        this.product = product;
    }

    /** Sets bcdDevice. */
    public FakeUsbDevice release(int bcd) {
        release = bcd;
        return this;
    }

    /** Sets the strings 1 to 3, the maker, the product and the serial number; null for one that it does not have. */
    public FakeUsbDevice strings(@Nullable String maker, @Nullable String name, @Nullable String serial) {
        return string(1, maker).string(2, name).string(3, serial);
    }

    /** Sets a string of any index; null for none. */
    public synchronized FakeUsbDevice string(int index, @Nullable String text) {
        if (text == null) strings.remove(index);
        else strings.put(index, text);
        return this;
    }

    /** Sets the size of the packets of all endpoints, 8 unless set. */
    public FakeUsbDevice packet(int bytes) {
        packet = bytes;
        return this;
    }

    /** Sets how many configurations it has, 1 unless set, all alike; the first is active. */
    public FakeUsbDevice configurations(int count) {
        configurations = count;
        return this;
    }

    /** Sets the kernel's driver of the interfaces, "usbhid" unless set; "-" for none. */
    public FakeUsbDevice kernelDriver(String name) {
        kernelDriver = name;
        return this;
    }

    /** Adds an interface with a report descriptor, and its interrupt endpoints, such as 0x81 and 0x02. */
    public FakeUsbDevice hid(byte[] reportDescriptor, int... endpoints) {
        interfaces.add(Interface.of(reportDescriptor, endpoints));
        return this;
    }

    /** Adds an interface of the vendor's own class, with interrupt endpoints. */
    public FakeUsbDevice plain(int... endpoints) {
        interfaces.add(Interface.of(new byte[0], endpoints));
        return this;
    }

    /**
     * Handles a transfer; called by one thread at a time. This answers requests for descriptors, accepts what is sent on
     * endpoints, lets requests for data on endpoints wait for {@link #send}, and refuses all other requests.
     */
    protected void take(UsbTransfer transfer) {
        if (!transfer.control()) {
            if (transfer.in()) await(transfer);
            else transfer.accept();
        } else if (transfer.request() == 6 && transfer.in()) {
            byte[] descriptor = descriptor(transfer.value() >> 8, transfer.value() & 0xff, transfer.index());
            if (descriptor.length == 0) transfer.stall();
            else transfer.answer(descriptor);
        } else transfer.stall();
    }

    /** Sends data on an endpoint, now or as soon as somebody asks for it. */
    public final synchronized void send(int endpoint, byte[] data) {
        UsbTransfer asked =
                waiting.computeIfAbsent(endpoint, same -> new ArrayDeque<>()).poll();
        if (asked != null) asked.answer(data);
        else unread.computeIfAbsent(endpoint, same -> new ArrayDeque<>()).add(data.clone());
    }

    /** Refuses whoever waits for data on an endpoint, as a halted one does. */
    public final synchronized void stallWaiting(int endpoint) {
        UsbTransfer asked =
                waiting.computeIfAbsent(endpoint, same -> new ArrayDeque<>()).poll();
        if (asked != null) asked.stall();
    }

    /** The transfers that were handled, in order, without those for descriptors and those on endpoints that send. */
    public final synchronized List<String> log() {
        return List.copyOf(log);
    }

    /** The descriptor of that type; empty for one that it does not have. */
    protected byte[] descriptor(int type, int number, int index) {
        return switch (type) {
            case DEVICE -> deviceDescriptor();
            case CONFIGURATION -> number < configurations ? configurationDescriptor(number + 1) : new byte[0];
            case STRING -> number == 0 ? new byte[] {4, STRING, 9, 4} : string(number);
            case HID -> index < interfaces.size() ? hidDescriptor(interfaces.get(index)) : new byte[0];
            case REPORT -> index < interfaces.size() ? interfaces.get(index).descriptor() : new byte[0];
            default -> new byte[0];
        };
    }

    /** A string as a descriptor holds it; empty when there is none. */
    protected final synchronized byte[] string(int index) {
        String text = strings.get(index);
        if (text == null) return new byte[0];
        byte[] units = text.getBytes(StandardCharsets.UTF_16LE);
        var descriptor = new byte[units.length + 2];
        descriptor[0] = (byte) descriptor.length;
        descriptor[1] = STRING;
        System.arraycopy(units, 0, descriptor, 2, units.length);
        return descriptor;
    }

    /** A link to the device without any bus: transfers come to it one by one, on the thread that makes them. */
    public final UsbLink link() {
        return new MemoryUsbLink(this);
    }

    final synchronized UsbIdentity identity() {
        return UsbIdentity.of(vendor, product, release)
                .withStrings(strings.get(1), strings.get(2), strings.get(3))
                .withPlace(1, 2, "1");
    }

    /** The endpoints of an interface. */
    final List<UsbEndpoint> endpoints(int number) {
        return interfaces.get(number).endpoints().stream()
                .map(address -> new UsbEndpoint(address, UsbEndpoint.Transfer.INTERRUPT, packet))
                .toList();
    }

    /** The device and configuration descriptors, as the kernel shows them. */
    final byte[] descriptors() {
        var all = new ByteArrayOutputStream();
        all.writeBytes(deviceDescriptor());
        for (int number = 1; number <= configurations; number++) all.writeBytes(configurationDescriptor(number));
        return all.toByteArray();
    }

    /** The strings that the kernel shows, by the names of its files. */
    final synchronized Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        List<String> names = List.of("manufacturer", "product", "serial");
        for (int i = 0; i < names.size(); i++)
            if (strings.containsKey(i + 1)) texts.put(names.get(i), strings.getOrDefault(i + 1, ""));
        return texts;
    }

    final String kernelDriver() {
        return kernelDriver;
    }

    final synchronized void pluggedInto(@Nullable UsbBus other) {
        bus = other;
        waiting.clear();
        unread.clear();
    }

    /** The bus that it hangs on, for a device that answers later; null while it is unplugged. */
    protected final synchronized @Nullable UsbBus bus() {
        return bus;
    }

    final synchronized void handle(UsbTransfer transfer) {
        boolean told = transfer.control() ? transfer.request() != 6 : !transfer.in();
        if (told) log.add(transfer.toString());
        take(transfer);
    }

    final synchronized void forget(String id) {
        waiting.values()
                .forEach(queue -> queue.removeIf(transfer -> transfer.id().equals(id)));
    }

    private void await(UsbTransfer transfer) {
        byte[] ready = unread.computeIfAbsent(transfer.endpoint(), same -> new ArrayDeque<>())
                .poll();
        if (ready != null) transfer.answer(ready);
        else
            waiting.computeIfAbsent(transfer.endpoint(), same -> new ArrayDeque<>())
                    .add(transfer);
    }

    private synchronized byte[] deviceDescriptor() {
        return new byte[] {
            18,
            DEVICE,
            0x10,
            1,
            0,
            0,
            0,
            8,
            (byte) vendor,
            high(vendor),
            (byte) product,
            high(product),
            (byte) release,
            high(release),
            index(1),
            index(2),
            index(3),
            (byte) configurations
        };
    }

    private byte index(int number) {
        return (byte) (strings.containsKey(number) ? number : 0);
    }

    private byte[] configurationDescriptor(int value) {
        var body = new ByteArrayOutputStream();
        for (int number = 0; number < interfaces.size(); number++) {
            Interface one = interfaces.get(number);
            boolean hid = !one.report().isEmpty();
            body.writeBytes(
                    new byte[] {9, 4, (byte) number, 0, (byte) one.endpoints().size(), (byte) (hid ? 3 : 0xff), 0, 0, 0
                    });
            if (hid) body.writeBytes(hidDescriptor(one));
            for (int endpoint : one.endpoints())
                body.writeBytes(new byte[] {7, 5, (byte) endpoint, 3, (byte) packet, high(packet), 10});
        }
        int length = body.size() + 9;
        var all = new ByteArrayOutputStream();
        all.writeBytes(new byte[] {
            9, CONFIGURATION, (byte) length, high(length), (byte) interfaces.size(), (byte) value, 0, (byte) 0x80, 50
        });
        all.writeBytes(body.toByteArray());
        return all.toByteArray();
    }

    private static byte[] hidDescriptor(Interface one) {
        int length = one.report().length() / 2;
        return length == 0 ? new byte[0] : new byte[] {9, HID, 0x10, 1, 0, 1, REPORT, (byte) length, high(length)};
    }

    private static byte high(int number) {
        return (byte) (number >> 8);
    }
}
