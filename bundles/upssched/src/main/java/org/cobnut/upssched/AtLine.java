package org.cobnut.upssched;

import java.util.List;

/**
 * An AT line.
 *
 * @param type of the notice, in any case
 * @param ups the name in MONITOR, or {@code *} for all of them and for notices about the machine
 */
record AtLine(String type, String ups, Action action) {
    /**
     * Reads the arguments of AT.
     *
     * @throws IllegalArgumentException when it is malformed; the message says why
     */
    static AtLine of(List<String> words) {
        if (words.size() < 4)
            throw new IllegalArgumentException("AT wants a kind of notice, a UPS or *, a command and its argument");
        return new AtLine(words.get(0), words.get(1), Action.of(words.subList(2, Math.min(words.size(), 5))));
    }

    boolean matches(Event event) {
        return type.equalsIgnoreCase(event.type()) && (ups.equals("*") || ups.equals(event.ups()));
    }
}
