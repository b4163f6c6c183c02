package org.cobnut.drivers.bicker;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.testkit.serial.SerialSimulator;

/** A UPSIC-2403 on line with a full battery, which knows all parameters but the sixth. */
final class BickerUnit extends SerialSimulator {
    private final Map<String, String> answers = new ConcurrentHashMap<>(Map.ofEntries(
            Map.entry("0160", "Bicker Elektronik"),
            Map.entry("0161", "ABC123"),
            Map.entry("0162", "UPSIC-2403"),
            Map.entry("0163", "1.07"),
            Map.entry("0164", "SuperCap"),
            Map.entry("0165", "4711"),
            Map.entry("0140", "\u000c"),
            Map.entry("0141", word(24123)),
            Map.entry("0142", word(1500)),
            Map.entry("0143", word(24050)),
            Map.entry("0144", word(1234)),
            Map.entry("0145", word(23456)),
            Map.entry("0146", word(-250 & 0xffff)),
            Map.entry("0147", "W"),
            Map.entry("0148", "c"),
            Map.entry("014a", word(298)),
            Map.entry("0332", "\1")));

    /** Whether each parameter is on, and its value. */
    private final Map<Integer, String> parameters = new TreeMap<>();

    BickerUnit() {
        for (int number = 1; number <= 9; number++)
            if (number != 6) parameters.put(number, (number == 3 ? "\0" : "\1") + word(5 * number));
    }

    BickerUnit with(String question, int value) {
        answers.put(question, Character.toString(value));
        return this;
    }

    @Override
    protected int requestLength(String text) {
        if (text.charAt(0) != 1) return 1;
        return text.length() < 2 || text.length() < text.charAt(1) + 2 ? 0 : text.charAt(1) + 2;
    }

    @Override
    protected synchronized List<String> answer(String request) {
        if (request.length() < 5) return List.of();
        String address = "%02x%02x".formatted((int) request.charAt(2), (int) request.charAt(3));
        String data = request.substring(4, request.length() - 1);
        String answer = request.charAt(2) == 7 ? parameter(request.charAt(3), data) : answers.get(address);
        if (answer == null) return List.of();
        return List.of("\1" + (char) (answer.length() + 3) + request.substring(2, 4) + answer + "\4");
    }

    private String parameter(int number, String data) {
        if (!data.isEmpty()) parameters.put(number, data);
        String now = parameters.get(number);
        return now == null ? null : (char) number + word(5) + word(200) + word(30) + now;
    }

    private static String word(int number) {
        return "" + (char) (number & 0xff) + (char) (number >> 8);
    }
}
