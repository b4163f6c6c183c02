package org.cobnut.drivers.usbhid.shut;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.SerialLink;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.ReportType;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbIdentity;

/** A HID device behind a serial line. What it sends by itself is taken when it is asked for, or asked for something else. */
public final class ShutLink implements HidLink {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int ENGLISH = 0x0409;
    private static final int DEVICE = 1;
    private static final int STRING = 3;
    private static final int HID = 0x21;
    private static final int REPORT = 0x22;
    private static final int LONGEST_STRING = 255;

    private final SerialLink serial;
    private final ShutLine line;
    private final boolean notifies;
    private final UsbIdentity identity;
    private final byte[] descriptor;

    /** What a unit may send by itself, by the byte that says so. */
    public enum Notifications {
        NONE(0x18),
        LIGHT(0x17),
        ALL(0x16);

        private final int code;

        Notifications(int code) {
            this.code = code;
        }
    }

    /**
     * Finds out who is there.
     *
     * @param serial a line of 2400 bits a second, which {@link #close} closes
     * @throws IOException when nobody answers, or nothing that makes sense
     */
    public ShutLink(SerialLink serial, Notifications notifications) throws IOException {
        this(serial, notifications, PATIENCE);
    }

    ShutLink(SerialLink serial, Notifications notifications, Duration patience) throws IOException {
        this.serial = serial;
        this.line = new ShutLine(serial, patience);
        this.notifies = notifications != Notifications.NONE;
        line.synchronize(notifications.code);
        byte[] device = describe(0x80, DEVICE, 0, 0, 18);
        if (device.length < 18) throw new IOException("the unit tells only a part of its device descriptor");
        UsbIdentity numbers = UsbIdentity.of(word(device, 8), word(device, 10), word(device, 12));
        identity = numbers.withStrings(
                string(device[14] & 0xff).orElse(""),
                string(device[15] & 0xff).orElse(""),
                string(device[16] & 0xff).orElse(""));
        byte[] hid = describe(0x81, HID, 0, 0, 9);
        if (hid.length < 9) throw new IOException("the unit tells only a part of its HID descriptor");
        descriptor = describe(0x81, REPORT, 0, 0, word(hid, 7));
    }

    @Override
    public UsbIdentity identity() {
        return identity;
    }

    @Override
    public byte[] reportDescriptor() {
        return descriptor.clone();
    }

    @Override
    public byte[] getReport(ReportType type, int id, int maxLength) throws IOException {
        return line.ask(setup(0xa1, 0x01, (type.code() << 8) | id, 0, maxLength), name(type, id));
    }

    @Override
    public void setReport(ReportType type, int id, byte[] bytes) throws IOException {
        line.order(setup(0x21, 0x09, (type.code() << 8) | id, 0, bytes.length), bytes, name(type, id));
    }

    @Override
    public Optional<byte[]> nextInput() throws IOException {
        return notifies ? line.notification() : Optional.empty();
    }

    @Override
    public Optional<String> string(int index) throws IOException {
        if (index == 0) return Optional.empty();
        byte[] bytes;
        try {
            bytes = describe(0x80, STRING, index, ENGLISH, LONGEST_STRING);
        } catch (StallException | NoAnswerException none) {
            return Optional.empty();
        }
        if (bytes.length < 2) return Optional.empty();
        int length = Math.min(bytes.length, bytes[0] & 0xff);
        return Optional.of(new String(Arrays.copyOfRange(bytes, 2, Math.max(2, length)), StandardCharsets.UTF_16LE)
                        .strip())
                .filter(text -> !text.isEmpty());
    }

    @Override
    public void close() {
        serial.close();
    }

    private byte[] describe(int type, int descriptor, int index, int language, int length) throws IOException {
        return line.ask(
                setup(type, 0x06, (descriptor << 8) | index, language, length),
                "descriptor %02x".formatted(descriptor));
    }

    private static byte[] setup(int type, int request, int value, int index, int length) {
        return new byte[] {
            (byte) type,
            (byte) request,
            (byte) value,
            (byte) (value >> 8),
            (byte) index,
            (byte) (index >> 8),
            (byte) length,
            (byte) (length >> 8)
        };
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8);
    }

    private static String name(ReportType type, int id) {
        return "%s report 0x%02x".formatted(type.name().toLowerCase(Locale.ROOT), id);
    }
}
