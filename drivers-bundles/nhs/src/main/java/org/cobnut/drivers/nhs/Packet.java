package org.cobnut.drivers.nhs;

import java.util.List;
import java.util.Optional;

/** A packet that a UPS sends by itself: FF, length, type, data, the sum of all but FF, perhaps a byte, FE. Immutable. */
final class Packet {
    /** Readings. */
    static final int DATA = 21;
    /** What the UPS is, with and without its serial number. */
    static final int LONG_HARDWARE = 50;

    static final int SHORT_HARDWARE = 18;

    private static final int START = 0xff;
    private static final int END = 0xfe;

    /** Lengths, and where the sum stands in each. */
    private static final List<int[]> SHAPES =
            List.of(new int[] {DATA, 19}, new int[] {SHORT_HARDWARE, 16}, new int[] {LONG_HARDWARE, 48});

    private final String bytes;

    private Packet(String bytes) {
        this.bytes = bytes;
    }

    /** The whole packet that begins at this place, if one does. A byte within may look like a start or an end. */
    static Optional<Packet> at(String received, int place) {
        if (received.charAt(place) != START) return Optional.empty();
        for (int[] shape : SHAPES) {
            int length = shape[0];
            if (place + length > received.length() || received.charAt(place + length - 1) != END) continue;
            String bytes = received.substring(place, place + length);
            if (sum(bytes, shape[1]) == bytes.charAt(shape[1])) return Optional.of(new Packet(bytes));
        }
        return Optional.empty();
    }

    /** The low byte of the sum of the bytes from the length up to that place. */
    static int sum(String bytes, int to) {
        return bytes.substring(1, to).chars().sum() & 0xff;
    }

    int length() {
        return bytes.length();
    }

    boolean data() {
        return length() == DATA;
    }

    /** The byte at a place. */
    int at(int place) {
        return bytes.charAt(place);
    }

    /** A bit of a byte, the lowest first. */
    boolean bit(int place, int bit) {
        return (at(place) >> bit & 1) == 1;
    }

    /** A number whose decimals stand in the next byte: 127 and 5 are 127.5. */
    double number(int place) {
        return Double.parseDouble(at(place) + "." + at(place + 1));
    }

    /** Text, without what fills it up. */
    String text(int from, int to) {
        return bytes.substring(from, to).replaceAll("[^\\x20-\\x7e]", "").strip();
    }
}
