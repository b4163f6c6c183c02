package org.cobnut.drivers.genericups;

import java.util.Set;

/**
 * Lines that the host sets. Immutable.
 *
 * @param pulse a break is sent, and the lines stay as they are
 * @param known false where nobody knows which lines
 */
record Outputs(boolean dtr, boolean rts, boolean pulse, boolean known) {
    /** Nobody knows. */
    static final String UNKNOWN = "?";

    private static final Set<String> WORDS = Set.of("DTR", "RTS", "-DTR", "-RTS", "BRK", "BREAK");

    /**
     * Reads lines joined by '+'; a line that is not named is off. BRK is a break; NULL or nothing is no line.
     *
     * @throws IllegalArgumentException when it is no such text; said to the operator
     */
    static Outputs of(String option, String text) {
        if (text.equals(UNKNOWN)) return new Outputs(false, false, false, false);
        Set<String> words = Inputs.words(text);
        if (!WORDS.containsAll(words))
            throw new IllegalArgumentException(
                    "option '%s' wants DTR, RTS or BRK, joined by +, or NULL; not '%s'".formatted(option, text));
        return new Outputs(
                words.contains("DTR"), words.contains("RTS"), words.contains("BRK") || words.contains("BREAK"), true);
    }
}
