package org.cobnut.drivers.liebert;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** A GXE of 1 kVA at the address 1, on line with a full battery. */
final class GxeUnit extends SerialSimulator {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final int[] state = {0, 1, 0, 0xE1, 0xE0, 0xE1, 0, 0};
    private final int[] analog = new int[24];
    private final int[] parameters = new int[24];

    GxeUnit() {
        words(analog, 1, 22950, 4, 23010, 7, 312, 10, 2730, 11, 5000, 14, 4998, 17, 71, 18, 72, 21, 34);
        words(parameters, 5, 230, 6, 50, 20, 3);
    }

    synchronized GxeUnit with(int place, int value) {
        state[place] = value;
        return this;
    }

    synchronized GxeUnit measuring(int word, int value) {
        analog[word] = value;
        return this;
    }

    @Override
    protected synchronized List<String> answer(String request) {
        if (!request.equals(
                GxeProtocol.frame("01", request.substring(7, 9), request.substring(13, request.length() - 5))))
            return List.of(GxeProtocol.frame("01", "02", ""));
        return List.of(
                switch (request.substring(7, 9)) {
                    case "51" -> good(HEX.formatHex("GXE-01k00TS1101C00".getBytes(StandardCharsets.US_ASCII)));
                    case "47" -> good(hex(parameters, true));
                    case "42" -> good(hex(analog, true));
                    case "43" -> good(hex(state, false));
                    case "45" -> good("");
                    default -> GxeProtocol.frame("01", "04", "");
                });
    }

    private static String good(String data) {
        return GxeProtocol.frame("01", "00", data);
    }

    private static void words(int[] words, int... places) {
        for (int at = 0; at < places.length; at += 2) words[places[at]] = places[at + 1];
    }

    private static String hex(int[] numbers, boolean words) {
        var text = new StringBuilder();
        Arrays.stream(numbers).forEach(number -> {
            text.append("%02X".formatted(number & 0xff));
            if (words) text.append("%02X".formatted(number >> 8));
        });
        return text.toString();
    }
}
