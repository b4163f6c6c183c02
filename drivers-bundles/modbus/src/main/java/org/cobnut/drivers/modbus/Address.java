package org.cobnut.drivers.modbus;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the tables of this family read or write. */
sealed interface Address {
    /** The four tables of Modbus. */
    enum Table {
        COIL("0"),
        DISCRETE("1"),
        INPUT("2"),
        HOLDING("3");

        private final String code;

        Table(String code) {
            this.code = code;
        }

        /** How generic_modbus names it. */
        String code() {
            return code;
        }

        /** Whether it holds bits, and not registers. */
        boolean bits() {
            return this == COIL || this == DISCRETE;
        }

        /** Whether it can be written. */
        boolean writable() {
            return this == COIL || this == HOLDING;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How registers are read as text, and text is written into them. */
    enum Type {
        /** A number without a sign, the high register first. */
        UNSIGNED,
        /** A number with a sign, the high register first. */
        SIGNED,
        /** Two characters a register, the high byte first. */
        TEXT,
        /** Each register as a number of its own, with blanks between. */
        WORDS
    }

    /**
     * Registers in a row, a bit of them, or one coil or discrete input.
     *
     * @param count how many registers
     * @param bit of the number; empty for all of it
     */
    record Registers(Table table, int number, int count, Type type, OptionalInt bit) implements Address {
        int end() {
            return number + count;
        }

        @Override
        public String toString() {
            return table + ":" + number;
        }
    }

    /**
     * A part of a text of the device's identification.
     *
     * @param object the number of the object
     * @param field the number of the field in a text such as {@code 1=UPS2000;2=V100}
     */
    record Identity(int object, int field) implements Address {
        @Override
        public String toString() {
            return "identification";
        }
    }

    /** Reads an address as a mapping file writes it. */
    final class Parser {
        private static final Pattern REGISTERS = Pattern.compile(
                "(coil|discrete|holding|input):(0x[0-9A-Fa-f]{1,4}|\\d{1,5})(?:/(u16|i16|u32|i32|text|words)(\\d{0,2}))?(?:\\.(\\d{1,2}))?");
        private static final Pattern IDENTITY = Pattern.compile("identification:0x([0-9A-Fa-f]{1,2})\\.(\\d)");
        private static final int MOST_REGISTERS = 60;
        private static final int LAST = 0xffff;

        private Parser() {}

        /** @throws IllegalArgumentException with the reason when it is none */
        static Address parse(String text) {
            Matcher identity = IDENTITY.matcher(text);
            if (identity.matches())
                return new Identity(Integer.parseInt(identity.group(1), 16), Integer.parseInt(identity.group(2)));
            Matcher matcher = REGISTERS.matcher(text);
            if (!matcher.matches())
                throw new IllegalArgumentException(
                        "'%s' is no address, as holding:1024, holding:0/u32.13, input:0x2000,".formatted(text)
                                + " holding:532/text16, coil:3 or identification:0x88.1");
            Table table = Table.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
            int number = Integer.decode(plain(matcher.group(2)));
            String type = matcher.group(3) == null ? "u16" : matcher.group(3);
            int count = count(type, matcher.group(4) == null ? "" : matcher.group(4));
            OptionalInt bit =
                    matcher.group(5) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(5)));
            if (table.bits() && (matcher.group(3) != null || bit.isPresent()))
                throw new IllegalArgumentException("'%s': a %s is one bit".formatted(text, table));
            if (number + count - 1 > LAST) throw new IllegalArgumentException("'%s' ends behind 65535".formatted(text));
            var registers = new Registers(table, number, count, type(type), bit);
            if (bit.isPresent()
                    && (bit.getAsInt() >= count * 16
                            || registers.type() == Type.TEXT
                            || registers.type() == Type.WORDS))
                throw new IllegalArgumentException("'%s' has no bit %d".formatted(text, bit.getAsInt()));
            return registers;
        }

        /** Without the zeros that would make it octal. */
        private static String plain(String number) {
            return number.startsWith("0x") ? number : number.replaceFirst("^0+(?=\\d)", "");
        }

        private static int count(String type, String digits) {
            boolean counted = type.equals("text") || type.equals("words");
            if (counted == digits.isEmpty())
                throw new IllegalArgumentException(
                        counted
                                ? "'%s' needs a number of registers, as %s8".formatted(type, type)
                                : "'%s%s' is no type of registers".formatted(type, digits));
            if (!counted) return type.endsWith("32") ? 2 : 1;
            int count = Integer.parseInt(digits);
            if (count < 1 || count > MOST_REGISTERS)
                throw new IllegalArgumentException("1 to %d registers, not %d".formatted(MOST_REGISTERS, count));
            return count;
        }

        private static Type type(String type) {
            return switch (type) {
                case "i16", "i32" -> Type.SIGNED;
                case "text" -> Type.TEXT;
                case "words" -> Type.WORDS;
                default -> Type.UNSIGNED;
            };
        }
    }
}
