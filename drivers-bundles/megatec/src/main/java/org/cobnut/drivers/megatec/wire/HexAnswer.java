package org.cobnut.drivers.megatec.wire;

import java.util.List;
import java.util.Optional;

/**
 * The status of Voltronic units that answer in bytes: groups of bytes with blanks between them become groups of hexadecimal
 * digits, and the groups from the tenth on, which hold bits, eight binary digits a byte.
 */
final class HexAnswer {
    /** Begins a byte that could not be sent as it is; the byte behind it is an index into {@link #ESCAPED}. */
    private static final char ESCAPE = 0x28;

    private static final List<Integer> ESCAPED = List.of(0x0d, 0x11, 0x13, 0x0a, 0x20);

    /** The first group of bits. */
    private static final int BITS = 10;

    private HexAnswer() {}

    /** {@code #l^A 5 ...} as {@code #6C01 35 ...}; empty for an answer with another beginning. */
    static Optional<String> decode(String answer) {
        if (!answer.startsWith("#") || !answer.endsWith("\r")) return Optional.empty();
        var text = new StringBuilder("#");
        int group = 1;
        for (int i = 1; i < answer.length() - 1; i++) {
            char octet = answer.charAt(i);
            if (octet == ' ') {
                text.append(' ');
                group++;
                continue;
            }
            int value = octet;
            int code = octet == ESCAPE && i + 1 < answer.length() - 1 ? answer.charAt(i + 1) : ESCAPED.size();
            if (code < ESCAPED.size()) {
                value = ESCAPED.get(code);
                i++;
            }
            text.append(group < BITS ? "%02X".formatted(value) : bits(value));
        }
        return Optional.of(text.append('\r').toString());
    }

    private static String bits(int value) {
        return Integer.toBinaryString(0x100 | (value & 0xff)).substring(1);
    }
}
