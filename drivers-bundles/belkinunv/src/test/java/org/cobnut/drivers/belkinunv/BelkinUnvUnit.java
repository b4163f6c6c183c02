package org.cobnut.drivers.belkinunv;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cobnut.testkit.serial.SerialSimulator;

/** An F6C120-UNV: registers of one byte, of two, or of text. */
final class BelkinUnvUnit extends SerialSimulator {
    /** What it keeps; it does not play tests and shutdowns. */
    private static final Set<Integer> SETTINGS = Set.of(0x06, 0x09, 0x0c);

    private final Map<Integer, String> registers = new TreeMap<>();
    private final List<String> orders = new ArrayList<>();

    BelkinUnvUnit() {
        int[][] words = {
            {0x01, 230},
            {0x02, 50},
            {0x03, 1200},
            {0x04, 24},
            {0x06, 187},
            {0x07, 196},
            {0x08, 160},
            {0x09, 264},
            {0x0a, 274},
            {0x0b, 245},
            {0x0c, 0},
            {0x0f, 0x21},
            {0x10, 0},
            {0x11, 2},
            {0x15, 0},
            {0x16, 0},
            {0x18, 2274},
            {0x19, 500},
            {0x1a, 31},
            {0x1b, 2266},
            {0x1c, 500},
            {0x1e, 53},
            {0x20, 271},
            {0x21, 100},
            {0x22, 0},
            {0x23, 0x10},
            {0x3f, 12}
        };
        for (int[] word : words) set(word[0], word[1]);
        registers.put(0x0d, "F6C120xxUNV\0");
    }

    /** Gives a register this value. */
    synchronized void set(int register, int value) {
        registers.put(register, "" + (char) (value & 0xff) + (char) (value >> 8));
    }

    /** A unit without this register. */
    synchronized void without(int register) {
        registers.remove(register);
    }

    /** The registers that were written since the last call. */
    synchronized List<String> orders() {
        List<String> all = List.copyOf(orders);
        orders.clear();
        return all;
    }

    @Override
    protected int requestLength(String text) {
        if (text.charAt(0) != 0x7e) return 1;
        return text.length() < 3 || text.length() < text.charAt(2) + 4 ? 0 : text.charAt(2) + 4;
    }

    @Override
    protected synchronized List<String> answer(String request) {
        if (request.length() < 6) return List.of();
        int register = request.charAt(3);
        String data = registers.get(register);
        if (data == null) return List.of(RegisterProtocol.frame(1, register, ""));
        if (request.charAt(1) == 3) return List.of(RegisterProtocol.frame(5, register, data));
        int value = request.charAt(4) + 256 * request.charAt(5);
        if (SETTINGS.contains(register)) set(register, value);
        orders.add("%02x=%d".formatted(register, value));
        return List.of(RegisterProtocol.frame(2, register, ""));
    }
}
