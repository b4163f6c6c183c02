package org.cobnut.drivers.sms;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** A NET 4+ with a battery of 24 V, on mains. Its name is as a real one tells it. */
final class SmsUnit extends SerialSimulator {
    private static final int REQUEST = 7;

    private final int[] words = {0, 1200, 1150, 305, 600, 1000, 354};
    private char type = '=';
    private int state = 0x09;

    /** @param bits what its last byte says */
    SmsUnit with(int bits) {
        state = bits;
        return this;
    }

    SmsUnit word(int number, int value) {
        words[number] = value;
        return this;
    }

    SmsUnit type(char now) {
        type = now;
        return this;
    }

    @Override
    protected int requestLength(String text) {
        return text.length() < REQUEST ? 0 : REQUEST;
    }

    @Override
    protected List<String> answer(String request) {
        if (SmsProtocol.check(request.substring(0, 5)) != request.charAt(5)) return List.of();
        return switch (request.charAt(0)) {
            case 'I' -> List.of(checked(":NET 4+      0.0"));
            case 'F' -> List.of(checked(";EBiS115000 2460"));
            case 'Q' -> List.of(status());
            default -> List.of();
        };
    }

    private String status() {
        var text = new StringBuilder().append(type);
        for (int word : words) text.append((char) (word >> 8)).append((char) (word & 0xff));
        return checked(text.append((char) state).toString());
    }

    private static String checked(String content) {
        return content + SmsProtocol.check(content) + "\r";
    }

    /** The orders that came since the last call, in hexadecimal. */
    List<String> orders() {
        return requests().stream()
                .filter(request -> "IFQ".indexOf(request.charAt(0)) < 0)
                .map(request -> HexFormat.of().formatHex(request.getBytes(StandardCharsets.ISO_8859_1)))
                .toList();
    }
}
