package org.cobnut.drivers.powerpanel;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.testkit.serial.SerialSimulator;

/** A CyberPower that speaks bytes: an OP, whose readings are codes, or a PR. */
final class BinaryUps extends SerialSimulator {
    private static final Map<Character, Integer> LENGTHS = Map.of('R', 3, 'Q', 4, 'S', 5, 'T', 3);

    private final String identity;
    private final Map<Character, Character> parameters = new TreeMap<>();
    private final String readings;
    private int flags = 1;

    private BinaryUps(String identity, String readings) {
        this.identity = identity;
        this.readings = readings;
        for (char id : new char[] {2, 4, 8, 24}) parameters.put(id, (char) 0);
        parameters.put((char) 15, (char) 2);
    }

    static BinaryUps op() {
        return new BinaryUps(".OP1500    .x.<.5100\r", "#\u0082\u00828\0\u00c6\u00ae\u00b2\0");
    }

    static BinaryUps pr() {
        return new BinaryUps(".PR2200    .x.<.1100\r", "#xx \0d\u001e\u0096\0");
    }

    /** The flags of its status from now on. */
    BinaryUps flags(int now) {
        flags = now;
        return this;
    }

    @Override
    protected boolean hears(int speed) {
        return speed == 1200;
    }

    @Override
    protected int requestLength(String text) {
        if (text.startsWith("S\0\0R")) return text.length() < 8 ? 0 : 8;
        int length = LENGTHS.getOrDefault(text.charAt(0), 0);
        if (text.startsWith("S\0\0") && text.length() == 3) return 0;
        return length == 0 ? text.indexOf('\r') + 1 : text.length() < length ? 0 : length;
    }

    @Override
    protected List<String> answer(String request) {
        String echo = request.substring(0, request.length() - 1);
        return switch (request.charAt(0)) {
            case 'F' -> List.of(identity);
            case 'D' -> List.of(readings + (char) flags + (char) (255 - flags) + "\0\u00ff\r");
            case 'R' -> parameter(request.charAt(1));
            case 'Q' -> {
                parameters.put(request.charAt(1), request.charAt(2));
                yield List.of(echo);
            }
            default -> echo.isEmpty() ? List.of() : List.of(echo);
        };
    }

    private List<String> parameter(char id) {
        Character value = parameters.get(id);
        return value == null ? List.of() : List.of("#" + value + "\r");
    }
}
