package org.cobnut.drivers.oldserial;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.testkit.serial.SerialSimulator;

/** A mini+UPS of 700 VA, on line with a full battery. */
final class EtaUnit extends SerialSimulator {
    private final Map<String, Integer> numbers =
            new TreeMap<>(Map.of("SO", 7, "SG", 0xE6, "SH", 0xE5, "SI", 0xF0, "SL", 0x2A, "SN", 1));

    synchronized EtaUnit with(String letters, int number) {
        numbers.put(letters, number);
        return this;
    }

    @Override
    protected synchronized List<String> answer(String request) {
        return switch (request.substring(0, 2)) {
            case "RI" -> List.of("SRETA\r\nSSmini+UPS 700\r\nST1998-12\r\nSU1\r\n");
            case "RP" -> {
                var text = new StringBuilder();
                for (String letters : List.of("SO", "SG", "SH", "SI", "SL", "SN"))
                    text.append(letters).append("%X\r\n".formatted(numbers.get(letters)));
                yield List.of(text.toString());
            }
            case "RN" -> List.of("SV20\r\n");
            case "RO" -> List.of("SV00\r\n");
            default -> List.of();
        };
    }
}
