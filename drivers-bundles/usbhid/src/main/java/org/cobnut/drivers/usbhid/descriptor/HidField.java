package org.cobnut.drivers.usbhid.descriptor;

import java.util.OptionalLong;
import org.cobnut.link.usb.ReportType;

/**
 * One value of a device: where it lies in a report, and what its bits mean (HID 1.11, 6.2.2).
 *
 * @param report the id of the report; 0 in a device whose reports have none
 * @param offset bits behind the id
 * @param size bits
 * @param physical what the logical limits stand for; the logical limits themselves when nothing else is declared
 * @param unit the code of the unit, 0 for none
 * @param exponent the power of ten that the unit is multiplied by
 * @param attributes of the item: bit 0 constant, 1 variable, 2 relative, 6 null state, 7 volatile
 */
public record HidField(
        HidPath path,
        ReportType type,
        int report,
        int offset,
        int size,
        Limits logical,
        Limits physical,
        int unit,
        int exponent,
        int attributes) {
    private static final int VOLT = 0x00f0d121;
    private static final int WATT = 0x0000d121;

    /** Powers of ten between the centimetre and gram of HID and the metre and kilogram of volts and watts. */
    private static final int ELECTRIC = 7;

    private static final int NULL_STATE = 0x40;

    /** Bits that a long holds without its sign. */
    private static final int MOST_BITS = 63;

    /** The least and the largest value. */
    public record Limits(long min, long max) {
        boolean rising() {
            return max > min;
        }

        boolean holds(long value) {
            return value >= min && value <= max;
        }

        long clamped(long value) {
            return Math.max(min, Math.min(max, value));
        }
    }

    /** The same with other logical limits, for a device that declares wrong ones. */
    public HidField within(Limits other) {
        Limits meaning = physical.equals(logical) ? other : physical;
        return new HidField(path, type, report, offset, size, other, meaning, unit, exponent, attributes);
    }

    /** Bytes that a report has at least, without its id, when it holds this field. */
    public int end() {
        return (offset + size + 7) / 8;
    }

    /** Whether nothing can be written. */
    public boolean constant() {
        return (attributes & 1) != 0;
    }

    /** The bits as they stand in a report without its id; bits behind its end are 0. */
    public long bits(byte[] data) {
        long bits = 0;
        for (int i = Math.min(size, MOST_BITS) - 1; i >= 0; i--) {
            int at = offset + i;
            int bit = at / 8 < data.length ? (data[at / 8] >> (at % 8)) & 1 : 0;
            bits = (bits << 1) | bit;
        }
        return bits;
    }

    /** Whether all bits of a field of two bytes or more are set, by which devices say that they do not know. */
    public boolean unset(byte[] data) {
        return size >= 16 && size <= MOST_BITS && bits(data) == (1L << size) - 1;
    }

    /** Whether all bits of a single byte are set although the field cannot hold as much. */
    public boolean overflows(byte[] data) {
        return size == 8 && bits(data) == 0xff && logical.rising() && logical.min() >= 0 && logical.max() < 0xff;
    }

    /** The logical value; empty when the device says that it has none. */
    public OptionalLong logical(byte[] data) {
        long raw = bits(data);
        if (!logical.rising()) return OptionalLong.of(raw);
        long value = signed(raw, size);
        if ((attributes & NULL_STATE) != 0 && !logical.holds(value)) return OptionalLong.empty();
        return OptionalLong.of(logical.clamped(signed(raw, width())));
    }

    /** Bits that the limits need; devices leave rubbish in those above. */
    private int width() {
        long largest = Math.max(Math.abs(logical.max()), Math.abs(logical.min() + (logical.min() < 0 ? 1 : 0)));
        int bits = Long.SIZE - Long.numberOfLeadingZeros(largest) + (logical.min() < 0 ? 1 : 0);
        return Math.min(bits, size);
    }

    private long signed(long raw, int bits) {
        if (bits >= MOST_BITS || bits == 0) return raw;
        long value = raw & ((1L << bits) - 1);
        boolean negative = logical.min() < 0 && ((value >> (bits - 1)) & 1) != 0;
        return negative ? value - (1L << bits) : value;
    }

    /** What a logical value means in volts, amperes, watts, seconds, kelvins, percent. */
    public double physical(long value) {
        double meaning = value;
        if (scaled())
            meaning = (double) (value - logical.min())
                            * (physical.max() - physical.min())
                            / (logical.max() - logical.min())
                    + physical.min();
        int power = power();
        return power < 0 ? meaning / Math.pow(10, -power) : meaning * Math.pow(10, power);
    }

    /** The logical value that stands for a quantity, within what the field holds. */
    public long logical(double quantity) {
        return logical.rising() ? logical.clamped(nearest(quantity)) : nearest(quantity);
    }

    /** Whether there is a logical value for a quantity. */
    public boolean holds(double quantity) {
        return !logical.rising() || logical.holds(nearest(quantity));
    }

    private long nearest(double quantity) {
        int power = power();
        double meaning = power < 0 ? quantity * Math.pow(10, -power) : quantity / Math.pow(10, power);
        if (scaled())
            meaning = (meaning - physical.min()) * (logical.max() - logical.min()) / (physical.max() - physical.min())
                    + logical.min();
        return Math.round(meaning);
    }

    /** Puts a logical value into a report without its id, where the report is long enough. */
    public void put(byte[] data, long value) {
        for (int i = 0; i < size; i++) {
            int at = offset + i;
            if (at / 8 >= data.length) return;
            int mask = 1 << (at % 8);
            boolean set = i < Long.SIZE && ((value >> i) & 1) != 0;
            data[at / 8] = (byte) (set ? data[at / 8] | mask : data[at / 8] & ~mask);
        }
    }

    private boolean scaled() {
        return !physical.equals(logical) && physical.rising() && logical.rising();
    }

    private int power() {
        return exponent - (unit == VOLT || unit == WATT ? ELECTRIC : 0);
    }
}
