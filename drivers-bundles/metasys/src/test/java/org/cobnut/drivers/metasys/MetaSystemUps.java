package org.cobnut.drivers.metasys;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.testkit.serial.SerialSimulator;

/** A UPS of Meta System: frames with a length and a sum. */
final class MetaSystemUps extends SerialSimulator {
    private static final char START = 2;

    private final Map<Integer, String> answers = new TreeMap<>();

    /** An HF Line/2 of 2520 W on line. */
    MetaSystemUps() {
        says(0x00, "\u0004\u0004\u0000\u0000\u0001\u0003SN1234567890");
        says(0x01, words(630, 230, 27, 40));
        says(0x02, words(700, 231, 30, 44));
        says(0x03, "\u0000\u0000\u00a0");
        says(0x04, words(273, 210, 200));
        says(0x05, longs(3600 * 24) + longs(600) + words(12, 3, 1, 0));
        says(0x06, longs(-1) + longs(-1));
        says(0x08, "\0\0\0\0\u0001");
    }

    /** What stands behind the command in the answer to it. */
    MetaSystemUps says(int command, String data) {
        answers.put(command, data);
        return this;
    }

    static String words(int... values) {
        var text = new StringBuilder();
        for (int value : values) text.append((char) (value & 0xff)).append((char) (value >> 8 & 0xff));
        return text.toString();
    }

    static String longs(int value) {
        return words(value & 0xffff, value >>> 16);
    }

    /** A frame around a command and its data. */
    static String frame(String content) {
        char length = (char) (content.length() + 1);
        return "" + START + length + content + (char) ((length + content.chars().sum()) & 0xff);
    }

    @Override
    protected boolean hears(int speed) {
        return speed == 2400;
    }

    /** Zeros between frames are nothing. */
    @Override
    protected int requestLength(String text) {
        if (text.charAt(0) != START) return 1;
        return text.length() < 2 || text.length() < 2 + text.charAt(1) ? 0 : 2 + text.charAt(1);
    }

    @Override
    protected List<String> answer(String request) {
        if (request.charAt(0) != START) return List.of();
        String content = request.substring(2, request.length() - 1);
        if (!frame(content).equals(request)) return List.of();
        int command = content.charAt(0);
        if (command == 0x0a) {
            says(0x06, content.substring(1));
            return List.of(frame(content.substring(0, 1)));
        }
        if (command >= 0x0a) return List.of(frame(content.charAt(0) + "\0"));
        String data = answers.get(command);
        return data == null ? List.of() : List.of(frame((char) command + data));
    }
}
