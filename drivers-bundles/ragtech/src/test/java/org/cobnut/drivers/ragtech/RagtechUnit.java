package org.cobnut.drivers.ragtech;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** An Easy 1200 TI, whose registers orders change. */
final class RagtechUnit extends SerialSimulator {
    private static final int WAKE = 6;

    private final int[] registers = new int[0x400];

    RagtechUnit() {
        with(0x80, 0x05)
                .with(0x87, 255)
                .with(0x8A, 200)
                .with(0x8B, 110)
                .with(0x8C, 10)
                .with(0x8E, 31);
        with(0x97, 120)
                .with(0x9A, 6)
                .with(0x9B, 35)
                .with(0x9D, 207)
                .with(0xF3, 20)
                .with(0x202, 100)
                .with(0x203, 80);
    }

    RagtechUnit with(int register, int value) {
        registers[register] = value;
        return this;
    }

    int register(int register) {
        return registers[register];
    }

    @Override
    protected int requestLength(String text) {
        return text.length() < WAKE ? 0 : WAKE;
    }

    @Override
    protected List<String> answer(String request) {
        if (request.charAt(0) != 0xAA || (request.substring(2, 5).chars().sum() & 0xff) != request.charAt(5))
            return List.of();
        int address = request.charAt(2) * 256 + request.charAt(3);
        int value = request.charAt(4);
        switch (request.charAt(1)) {
            case 1 -> registers[address] = value;
            case 2 -> registers[address] &= value;
            case 3 -> registers[address] |= value;
            default -> {
                var bytes = new byte[value];
                for (int i = 0; i < value; i++) bytes[i] = (byte) registers[address + i];
                return List.of("\u00aa" + new String(bytes, StandardCharsets.ISO_8859_1));
            }
        }
        return List.of();
    }

    /** The orders that came since the last call, in hexadecimal. */
    List<String> orders() {
        return requests().stream()
                .map(request -> HexFormat.of().formatHex(request.getBytes(StandardCharsets.ISO_8859_1)))
                .filter(request -> !request.startsWith("aa04") && !request.startsWith("ff"))
                .toList();
    }
}
