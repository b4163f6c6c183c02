package org.cobnut.drivers.tripplite;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.testkit.serial.SerialSimulator;

/** A Smart 700 that sends each request back before it answers. */
final class TrippLiteUnit extends SerialSimulator {
    private final Map<String, String> answers = new ConcurrentHashMap<>(Map.of(
            "W", "84",
            "L", "60",
            "V", "10",
            "X", "10",
            "D", "11780280000018000025C",
            "B", "7C",
            "M", "7A",
            "I", "75",
            "C", "00"));

    void says(String question, String answer) {
        answers.put(question, answer);
    }

    /** The orders that came since the last call. */
    List<String> orders() {
        return requests().stream()
                .filter(request -> request.matches(":[NHAKG].*"))
                .toList();
    }

    @Override
    protected List<String> answer(String request) {
        String letters = request.strip();
        String answer = answers.getOrDefault(letters.substring(1), "");
        return List.of(letters + "\r\n", answer + "\r\n");
    }
}
