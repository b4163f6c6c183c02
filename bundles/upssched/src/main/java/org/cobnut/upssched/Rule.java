package org.cobnut.upssched;

import java.util.List;

/**
 * An AT line.
 *
 * @param type of the notice, in any case
 * @param ups as in MONITOR, or {@code *} for every one, and for notices of the machine
 */
record Rule(String type, String ups, Deed deed) {
    /**
     * Understands what stands behind AT.
     *
     * @throws IllegalArgumentException when it is no rule; the message says why
     */
    static Rule of(List<String> words) {
        if (words.size() < 4)
            throw new IllegalArgumentException("AT wants a kind of notice, a UPS or *, a command and its argument");
        return new Rule(words.get(0), words.get(1), Deed.of(words.subList(2, Math.min(words.size(), 5))));
    }

    boolean matches(Event event) {
        return type.equalsIgnoreCase(event.type()) && (ups.equals("*") || ups.equals(event.ups()));
    }
}
