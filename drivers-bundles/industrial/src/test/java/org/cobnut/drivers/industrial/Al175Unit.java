package org.cobnut.drivers.industrial;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** An AL175 with 48 V, on mains, whose battery is charged with 1.50 A. */
final class Al175Unit extends SerialSimulator {
    private static final int HEAD = 11;
    private static final int READ = 13;
    private static final int FIRST = 0x4000;

    /** A byte for each eight addresses from 4000 on. */
    private final int[] bytes = new int[0x80];

    private boolean refuses;

    Al175Unit() {
        word(0x4100, 5400).word(0x4110, 5640);
        word(0x4190, 150).word(0x41b0, 1234).word(0x4300, 2350);
    }

    Al175Unit with(int address, int value) {
        bytes[(address - FIRST) / 8] = value;
        return this;
    }

    Al175Unit word(int address, int value) {
        return with(address, value >> 8).with(address + 8, value & 0xff);
    }

    Al175Unit refusing() {
        refuses = true;
        return this;
    }

    @Override
    protected int requestLength(String text) {
        if (text.charAt(0) != 2) return 1;
        if (text.length() < HEAD) return 0;
        int length = text.charAt(4) == '2' ? READ : READ + 8;
        return text.length() < length ? 0 : length;
    }

    @Override
    protected List<String> answer(String request) {
        if (request.length() < READ || !request.startsWith("141", 1)) return List.of();
        String checked = request.substring(1, request.length() - 1);
        if (ComliProtocol.check(checked) != request.charAt(request.length() - 1)) return List.of();
        if (request.charAt(4) == '0') return refuses ? List.of() : List.of(frame("0011\6"));
        int at = (Integer.parseInt(request.substring(5, 9), 16) - FIRST) / 8;
        var data = new StringBuilder();
        for (int i = 0; i < Integer.parseInt(request.substring(9, 11), 16); i++) data.append((char) bytes[at + i]);
        return List.of(frame("0010" + request.substring(5, 11) + ComliProtocol.backwards(data.toString())));
    }

    /** The orders that came since the last call: what was sent for the bytes of data. */
    List<String> orders() {
        return requests().stream().filter(Al175Unit::order).map(Al175Unit::hex).toList();
    }

    static boolean order(String request) {
        return request.startsWith("0", 4);
    }

    private static String hex(String request) {
        String data = ComliProtocol.backwards(request.substring(HEAD, HEAD + 8));
        return HexFormat.of().formatHex(data.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String frame(String content) {
        return "\2" + content + "\3" + ComliProtocol.check(content + "\3");
    }
}
