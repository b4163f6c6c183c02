package org.cobnut.scan.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The serial ports that -E names: a digit, two with a hyphen between them, a path, or paths with commas. */
final class SerialPortNames {
    private static final List<String> PREFIXES = List.of("/dev/ttyS", "/dev/ttyUSB");

    private SerialPortNames() {}

    /** The names; nothing when a range is not one of two characters. */
    static Optional<List<String>> of(String text) {
        if (text.indexOf('-') >= 0 && !text.startsWith("/")) {
            String[] ends = text.split("-");
            if (ends.length == 0) return Optional.empty();
            String to = ends.length > 1 ? ends[1] : ends[0];
            if (ends[0].length() != 1 || to.length() != 1) return Optional.empty();
            return Optional.of(numbered(ends[0].charAt(0), to.charAt(0)));
        }
        if (text.length() == 1) return Optional.of(numbered(text.charAt(0), text.charAt(0)));
        return Optional.of(List.of(text.split(",")));
    }

    private static List<String> numbered(char from, char to) {
        var names = new ArrayList<String>();
        for (String prefix : PREFIXES) for (char number = from; number <= to; number++) names.add(prefix + number);
        return names;
    }
}
