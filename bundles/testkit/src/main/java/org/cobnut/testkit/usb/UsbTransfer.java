package org.cobnut.testkit.usb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * A transfer that waits for the device: it is ended once, by any thread, now or later. One that is never ended runs into the
 * time-out of whoever asked.
 */
public final class UsbTransfer {
    private static final int CONTROL = 2;
    private static final int SETUP = 8;
    private static final int STALL = 32;
    private static final int OVERFLOW = 75;

    private final String id;
    private final int type;
    private final int endpoint;
    private final int length;
    private final byte[] bytes;
    private final Consumer<String> order;

    UsbTransfer(String id, int type, int endpoint, int length, byte[] bytes, Consumer<String> order) {
        this.id = id;
        this.type = type;
        this.endpoint = endpoint;
        this.length = length;
        this.bytes = bytes;
        this.order = order;
    }

    String id() {
        return id;
    }

    /** Whether it is a control transfer; else it is one on {@link #endpoint}. */
    public boolean control() {
        return type == CONTROL;
    }

    /** Whether the device sends. */
    public boolean in() {
        return ((control() ? bytes[0] : endpoint) & 0x80) != 0;
    }

    /** The endpoint, with bit 7 set for one that the device sends on. */
    public int endpoint() {
        return endpoint;
    }

    /** bmRequestType of a control transfer. */
    public int requestType() {
        return bytes[0] & 0xff;
    }

    /** bRequest of a control transfer. */
    public int request() {
        return bytes[1] & 0xff;
    }

    /** wValue of a control transfer. */
    public int value() {
        return word(2);
    }

    /** wIndex of a control transfer. */
    public int index() {
        return word(4);
    }

    /** How many bytes are asked for, or are sent. */
    public int length() {
        return control() ? word(6) : length;
    }

    /** What was sent. */
    public byte[] data() {
        return control() ? Arrays.copyOfRange(bytes, SETUP, bytes.length) : bytes.clone();
    }

    /** Gives an answer. A control request gets no more than it asked for; too much on an endpoint is an overflow. */
    public void answer(byte[] answer) {
        byte[] given = control() && answer.length > length() ? Arrays.copyOf(answer, length()) : answer;
        if (given.length > length()) fail(OVERFLOW);
        else end(0, given.length == 0 ? "-" : HexFormat.of().formatHex(given));
    }

    /** Takes all that was sent. */
    public void accept() {
        end(0, "all");
    }

    /** Refuses it. */
    public void stall() {
        fail(STALL);
    }

    /** Lets it fail with a number of errno, such as 71 (EPROTO). */
    public void fail(int errno) {
        end(errno, "-");
    }

    private void end(int errno, String result) {
        order.accept("end " + id + " " + errno + " " + result);
    }

    private int word(int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(at) & 0xffff;
    }

    /** Such as "control a1 01 value 0303 index 0000 length 8". */
    @Override
    public String toString() {
        if (!control()) return "%s %02x length %d".formatted(in() ? "in" : "out", endpoint, length);
        return "control %02x %02x value %04x index %04x length %d"
                .formatted(requestType(), request(), value(), index(), length());
    }
}
