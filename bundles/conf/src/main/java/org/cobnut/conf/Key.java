package org.cobnut.conf;

import java.util.Locale;

/**
 * One keyword that a file may hold.
 *
 * @param word as in the file
 * @param sign what must stand between keyword and value in a section
 * @param anyCase whether the keyword counts in any case
 * @param repeat what a second line of it means, where values do not collect
 * @param live whether a change counts without a restart of what uses it
 */
record Key(String word, Type type, Sign sign, boolean anyCase, Repeat repeat, boolean live) {
    /** The {@code =} of a section's line. */
    enum Sign {
        WANTED,
        /** As in {@code upsmon primary}. */
        OPTIONAL
    }

    /** What a second line of a keyword means. */
    enum Repeat {
        LAST_COUNTS,
        FIRST_COUNTS
    }

    static Key live(String word, Type type) {
        return new Key(word, type, Sign.WANTED, false, Repeat.LAST_COUNTS, true);
    }

    /** A change counts from the next start. */
    static Key fixed(String word, Type type) {
        return new Key(word, type, Sign.WANTED, false, Repeat.LAST_COUNTS, false);
    }

    Key inAnyCase() {
        return new Key(word, type, sign, true, repeat, live);
    }

    Key withoutSign() {
        return new Key(word, type, Sign.OPTIONAL, anyCase, repeat, live);
    }

    Key firstCounts() {
        return new Key(word, type, sign, anyCase, Repeat.FIRST_COUNTS, live);
    }

    boolean is(String other) {
        return anyCase ? word.equalsIgnoreCase(other) : word.equals(other);
    }

    /** The key in Configuration Admin. */
    String property() {
        return word.toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
