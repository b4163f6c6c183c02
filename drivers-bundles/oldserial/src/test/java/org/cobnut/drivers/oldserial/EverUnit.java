package org.cobnut.drivers.oldserial;

import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** A NET 700-DPC (new), on line with a full battery. */
final class EverUnit extends SerialSimulator {
    private int status = 1;
    private int battery = 220;
    private int line = 60 + 3 * 256;

    synchronized EverUnit with(int statusNow, int batteryNow, int lineNow) {
        status = statusNow;
        battery = batteryNow;
        line = lineNow;
        return this;
    }

    @Override
    protected int requestLength(String text) {
        int length = text.charAt(0) == 28 || text.charAt(0) == 13 ? 2 : 1;
        return text.length() < length ? 0 : length;
    }

    @Override
    protected synchronized List<String> answer(String request) {
        return switch (request.charAt(0)) {
            case 208 -> List.of("\u00d0");
            case 173 -> List.of("I");
            case 175 -> List.of(Character.toString(status));
            case 189 -> List.of(Character.toString(battery));
            case 245 -> List.of("" + (char) (line & 0xff) + (char) (line >> 8));
            default -> List.of();
        };
    }
}
