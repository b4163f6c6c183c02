package org.cobnut.drivers.bcmxcp;

import java.util.Optional;
import org.cobnut.table.Numbers;

/** Values in a block, the lowest byte first. */
final class XcpBytes {
    private static final int LONG_NUMBER = 0xF0;
    private static final int MOST_FLOAT = 0x97;
    private static final int DATE = 0xE0;
    private static final int TIME = 0xE1;
    private static final int SECONDS = 0xE2;

    private XcpBytes() {}

    /** Text up to a zero. */
    static String text(String bytes) {
        int end = bytes.indexOf('\0');
        return (end < 0 ? bytes : bytes.substring(0, end)).strip();
    }

    /** A number of one, two or four bytes; nothing when the block is too short. */
    static Optional<Long> number(String block, int at, int length) {
        if (at < 0 || at + length > block.length()) return Optional.empty();
        long number = 0;
        for (int i = at + length - 1; i >= at; i--) number = number * 256 + block.charAt(i);
        return Optional.of(length < 4 ? number : (long) (int) number);
    }

    /** A number of two bytes as the unit takes it, in the digits of an order. */
    static String hex(long number) {
        return "%02x%02x".formatted(number & 0xff, number >> 8 & 0xff);
    }

    /** A meter of four bytes in a format of the unit's map; nothing for a value that is none. */
    static Optional<String> meter(String block, int at, int format) {
        Optional<Long> raw = number(block, at, 4);
        if (raw.isEmpty()) return Optional.empty();
        int bits = raw.get().intValue();
        if (format <= MOST_FLOAT) {
            float value = Float.intBitsToFloat(bits);
            return Float.isFinite(value) ? Optional.of(Numbers.format(value, format & 0xf)) : Optional.empty();
        }
        if (format == LONG_NUMBER || format == SECONDS) return Optional.of(Integer.toString(bits));
        if (format > LONG_NUMBER) return Optional.of(Numbers.format(bits / (double) (1 << (format & 0xf)), 2));
        if (format == DATE) return Optional.of(date(bits));
        if (format == TIME)
            return Optional.of(
                    "%02x:%02x:%02x.%02x".formatted(bits >>> 24, bits >> 16 & 0xff, bits >> 8 & 0xff, bits & 0xff));
        return Optional.empty();
    }

    /** Day, month, year and century, two digits each; or the day of the year in place of day and month. */
    private static String date(int bits) {
        int century = bits >>> 24;
        int year = bits >> 16 & 0xff;
        if ((century & 0x80) == 0) return "%02x%02x:%03x".formatted(century, year, bits & 0xfff);
        return "%02x/%02x/%02x%02x".formatted(bits & 0xff, bits >> 8 & 0xff, century & 0x7f, year);
    }
}
