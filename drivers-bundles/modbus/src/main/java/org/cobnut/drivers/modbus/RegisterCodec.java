package org.cobnut.drivers.modbus;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.cobnut.drivers.modbus.Address.Registers;

/** Turns registers into text, and text into registers. Pure. */
final class RegisterCodec {
    private static final int LAST = 0xffff;

    private RegisterCodec() {}

    /** What registers say, as a format of the table takes it. */
    static String decode(Registers address, int[] values) {
        return switch (address.type()) {
            case TEXT -> text(values);
            case WORDS -> Arrays.stream(values).mapToObj(Integer::toString).collect(Collectors.joining(" "));
            case SIGNED, UNSIGNED -> {
                long number = 0;
                for (int value : values) number = number << 16 | value;
                int bits = values.length * 16;
                if (address.bit().isPresent())
                    yield Long.toString(number >> address.bit().getAsInt() & 1);
                boolean negative = address.type() == Address.Type.SIGNED && (number >> (bits - 1) & 1) != 0;
                yield Long.toString(negative ? number - (1L << bits) : number);
            }
        };
    }

    /**
     * The registers that say this.
     *
     * @throws IllegalArgumentException when they cannot
     */
    static int[] encode(Registers address, String text) {
        return switch (address.type()) {
            case TEXT -> characters(text, address.count());
            case WORDS -> {
                int[] values = Arrays.stream(text.strip().split(" +"))
                        .mapToInt(RegisterCodec::word)
                        .toArray();
                if (values.length != address.count())
                    throw new IllegalArgumentException(
                            "%d numbers for %d registers".formatted(values.length, address.count()));
                yield values;
            }
            case SIGNED, UNSIGNED -> number(address, text);
        };
    }

    private static int[] number(Registers address, String text) {
        if (address.bit().isPresent())
            throw new IllegalArgumentException("a single bit of a register cannot be written");
        BigInteger number = whole(text);
        int bits = address.count() * 16;
        boolean signed = address.type() == Address.Type.SIGNED;
        BigInteger least = signed ? BigInteger.ONE.shiftLeft(bits - 1).negate() : BigInteger.ZERO;
        BigInteger most = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits).subtract(BigInteger.ONE);
        if (number.compareTo(least) < 0 || number.compareTo(most) > 0)
            throw new IllegalArgumentException("%s is not between %s and %s".formatted(text, least, most));
        var values = new int[address.count()];
        for (int i = 0; i < values.length; i++)
            values[i] = number.shiftRight(16 * (values.length - 1 - i)).intValue() & LAST;
        return values;
    }

    private static int word(String text) {
        BigInteger number = whole(text);
        if (number.signum() < 0 || number.bitLength() > 16)
            throw new IllegalArgumentException(text + " does not fit into a register");
        return number.intValue();
    }

    private static BigInteger whole(String text) {
        String bare = text.strip();
        if (bare.matches("0x[0-9A-Fa-f]{1,8}")) return new BigInteger(bare.substring(2), 16);
        if (bare.matches("-?\\d{1,12}")) return new BigInteger(bare);
        throw new IllegalArgumentException("'" + text + "' is no whole number");
    }

    /** Without zeros and blanks in front and behind; what cannot be printed is a blank. */
    private static String text(int[] values) {
        var text = new StringBuilder();
        for (int value : values) text.append((char) (value >> 8)).append((char) (value & 0xff));
        return text.toString().replaceAll("^[\\x00 ]+|[\\x00 ]+$", "").replaceAll("[^\\x20-\\x7e]", " ");
    }

    private static int[] characters(String text, int count) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length > count * 2)
            throw new IllegalArgumentException("'%s' has more than %d characters".formatted(text, count * 2));
        byte[] filled = Arrays.copyOf(bytes, count * 2);
        var values = new int[count];
        for (int i = 0; i < count; i++) values[i] = (filled[2 * i] & 0xff) << 8 | (filled[2 * i + 1] & 0xff);
        return values;
    }
}
