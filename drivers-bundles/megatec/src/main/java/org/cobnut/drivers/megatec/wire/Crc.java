package org.cobnut.drivers.megatec.wire;

import java.util.Optional;

/** The check sum of Axpert inverters: CRC-16 with the polynomial 0x1021, of which no byte may end or begin an answer. */
final class Crc {
    private static final int POLYNOMIAL = 0x1021;

    private Crc() {}

    /** The two bytes for a text. */
    static String of(String text) {
        int crc = 0;
        for (int i = 0; i < text.length(); i++) {
            crc ^= (text.charAt(i) & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
        }
        return "" + allowed(crc >> 8 & 0xff) + allowed(crc & 0xff);
    }

    /** An answer without its check sum; empty when that is wrong. */
    static Optional<String> checked(String answer) {
        int end = answer.length() - 3; // two bytes and the CR
        if (end < 0 || !answer.endsWith("\r")) return Optional.empty();
        String text = answer.substring(0, end);
        return of(text).equals(answer.substring(end, end + 2)) ? Optional.of(text + "\r") : Optional.empty();
    }

    /** A byte that means something else on the line stands as the one behind it. */
    private static char allowed(int octet) {
        return (char) (octet == '(' || octet == '\r' || octet == '\n' ? octet + 1 : octet);
    }
}
