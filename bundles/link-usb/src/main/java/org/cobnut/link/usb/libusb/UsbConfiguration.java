package org.cobnut.link.usb.libusb;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.cobnut.link.usb.UsbEndpoint;
import org.cobnut.link.usb.UsbEndpoint.Transfer;

/** A configuration descriptor, parsed as far as links need it. What does not parse is left out. */
record UsbConfiguration(String hex, List<Interface> interfaces) {
    private static final int INTERFACE = 4;
    private static final int ENDPOINT = 5;
    private static final int HID = 0x21;
    private static final int HID_CLASS = 3;
    private static final List<Transfer> TRANSFERS =
            List.of(Transfer.CONTROL, Transfer.ISOCHRONOUS, Transfer.BULK, Transfer.INTERRUPT);

    /**
     * One alternate setting of an interface.
     *
     * @param reportLength bytes of the report descriptor, as the HID descriptor tells it
     */
    record Interface(
            int number, int alternate, int interfaceClass, OptionalInt reportLength, List<UsbEndpoint> endpoints) {
        boolean hid() {
            return interfaceClass == HID_CLASS;
        }

        /** The first interrupt endpoint of that direction. */
        Optional<UsbEndpoint> interrupt(boolean in) {
            return endpoints.stream()
                    .filter(endpoint -> endpoint.transfer() == Transfer.INTERRUPT && endpoint.in() == in)
                    .findFirst();
        }
    }

    static UsbConfiguration parse(byte[] bytes) {
        var interfaces = new ArrayList<Interface>();
        for (int at = 0; at + 1 < bytes.length; at += bytes[at] & 0xff) {
            int length = bytes[at] & 0xff;
            if (length < 2 || at + length > bytes.length) break;
            int type = bytes[at + 1] & 0xff;
            if (type == INTERFACE && length >= 9)
                interfaces.add(new Interface(
                        bytes[at + 2] & 0xff,
                        bytes[at + 3] & 0xff,
                        bytes[at + 5] & 0xff,
                        OptionalInt.empty(),
                        List.of()));
            else if (!interfaces.isEmpty()) {
                int last = interfaces.size() - 1;
                interfaces.set(last, with(interfaces.get(last), bytes, at, length, type));
            }
        }
        return new UsbConfiguration(HexFormat.of().formatHex(bytes), List.copyOf(interfaces));
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** The interface of that number, in that alternate setting, or in the first one. */
    Optional<Interface> find(int number, int alternate) {
        Optional<Interface> exact = interfaces.stream()
                .filter(one -> one.number() == number && one.alternate() == alternate)
                .findFirst();
        return exact.or(
                () -> interfaces.stream().filter(one -> one.number() == number).findFirst());
    }

    /** The numbers of the interfaces, for a message. */
    String numbers() {
        List<String> numbers = interfaces.stream()
                .map(one -> Integer.toString(one.number()))
                .distinct()
                .toList();
        return numbers.isEmpty() ? "none" : String.join(", ", numbers);
    }

    private static Interface with(Interface one, byte[] bytes, int at, int length, int type) {
        if (type == HID && length >= 9)
            return new Interface(
                    one.number(),
                    one.alternate(),
                    one.interfaceClass(),
                    OptionalInt.of(word(bytes, at + 7)),
                    one.endpoints());
        if (type != ENDPOINT || length < 7) return one;
        var endpoints = new ArrayList<>(one.endpoints());
        endpoints.add(
                new UsbEndpoint(bytes[at + 2] & 0xff, TRANSFERS.get(bytes[at + 3] & 3), word(bytes, at + 4) & 0x7ff));
        return new Interface(
                one.number(), one.alternate(), one.interfaceClass(), one.reportLength(), List.copyOf(endpoints));
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }
}
