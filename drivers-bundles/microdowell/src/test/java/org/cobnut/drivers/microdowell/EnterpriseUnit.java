package org.cobnut.drivers.microdowell;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.testkit.serial.SerialSimulator;

/** An Enterprise N12, or another number. */
final class EnterpriseUnit extends SerialSimulator {
    /** The bytes of the status. */
    final int[] status = {0x18, 0, 0, 0, 0, 0, 12, 34, 56};

    /** Whether it refuses orders. */
    volatile boolean refuses;

    private final Map<Integer, String> memory = new TreeMap<>();

    EnterpriseUnit(int number) {
        memory.put(0x80, "ENT%02d   ".formatted(number));
        memory.put(0x98, "00012345");
        memory.put(0xA0, bytes(7, 9, 27, 0x12, 0x23, 0x34, 5, 2));
        memory.put(0x00, bytes(0xAA, 0, 0, 0, 0, 0, 0, 0));
        memory.put(0x20, bytes(2, 0, 0, 0, 0, 0, 0, 0));
    }

    /** The orders that came since the last call, in hexadecimal; the clock's is left out. */
    List<String> orders() {
        return requests().stream()
                .filter(request -> request.length() > 3 && request.charAt(2) == 0x40)
                .map(EnterpriseUnit::hex)
                .toList();
    }

    private static String hex(String request) {
        var text = new StringBuilder();
        for (int i = 3; i < 10; i++) text.append("%02x".formatted((int) request.charAt(i)));
        return text.toString();
    }

    /** Changes a byte of the EEPROM. */
    void set(int block, int place, int value) {
        var bytes = new StringBuilder(memory.getOrDefault(block, ""));
        bytes.setCharAt(place, (char) value);
        memory.put(block, bytes.toString());
    }

    @Override
    protected int requestLength(String text) {
        if (text.charAt(0) != '[') return 1;
        return text.length() < 2 || text.length() < text.charAt(1) + 3 ? 0 : text.charAt(1) + 3;
    }

    @Override
    protected List<String> answer(String request) {
        if (request.length() < 4) return List.of();
        String body = request.substring(1, request.length() - 1);
        if (EnterpriseProtocol.xor(body) != request.charAt(request.length() - 1)) return List.of();
        char command = request.charAt(2);
        String data =
                switch (command) {
                    case 0x00 -> bytes(status);
                    case 0x01 -> "\0\0" + word(8372) + word(15795) + word(8190) + word(2700) + word(246) + "\0\0";
                    case 0x03 -> bytes(98, 0, 0, 0, 1, 44, 25, 0, 0);
                    case 0x50 -> request.substring(3, 5) + memory.getOrDefault((int) request.charAt(3), "\0".repeat(8));
                    default -> "";
                };
        if (!data.isEmpty()) return List.of(EnterpriseProtocol.frame(command + data));
        return List.of(EnterpriseProtocol.frame(refuses ? "\25\21" : "\6"));
    }

    private static String word(int number) {
        return "" + (char) (number >> 8) + (char) (number & 0xff);
    }

    private static String bytes(int... values) {
        var text = new StringBuilder();
        for (int value : values) text.append((char) value);
        return text.toString();
    }
}
