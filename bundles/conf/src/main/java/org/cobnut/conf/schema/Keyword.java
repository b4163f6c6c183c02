package org.cobnut.conf.schema;

import java.util.List;
import java.util.Locale;

/**
 * One keyword that a file may hold.
 *
 * @param word as in the file
 * @param sign what must stand between keyword and value in a section
 * @param anyCase whether the keyword counts in any case
 * @param repeat what a second line of it means, where values do not collect
 * @param live whether a change counts without a restart of what uses it
 * @param unsaid the value that means the same as no line at all, so that a form full of defaults writes none of them
 * @param property the key in Configuration Admin; that of a secret has {@code password} in it, for pages and shells
 *     know it by that
 */
public record Keyword(
        String word,
        ValueType type,
        Sign sign,
        boolean anyCase,
        Repeat repeat,
        boolean live,
        String unsaid,
        String property) {
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

    static Keyword live(String word, ValueType type) {
        return new Keyword(word, type, Sign.WANTED, false, Repeat.LAST_COUNTS, true, "", usual(word));
    }

    /** A change counts from the next start. */
    static Keyword fixed(String word, ValueType type) {
        return new Keyword(word, type, Sign.WANTED, false, Repeat.LAST_COUNTS, false, "", usual(word));
    }

    Keyword inAnyCase() {
        return new Keyword(word, type, sign, true, repeat, live, unsaid, property);
    }

    Keyword withoutSign() {
        return new Keyword(word, type, Sign.OPTIONAL, anyCase, repeat, live, unsaid, property);
    }

    Keyword firstCounts() {
        return new Keyword(word, type, sign, anyCase, Repeat.FIRST_COUNTS, live, unsaid, property);
    }

    Keyword unsaid(String value) {
        return new Keyword(word, type, sign, anyCase, repeat, live, value, property);
    }

    /** The values behind the keyword, line by line, that say the same as this value; none when none is needed. */
    List<List<String>> lines(Object value) {
        return ValueType.texts(value).equals(List.of(unsaid)) ? List.of() : type.lines(value);
    }

    boolean is(String other) {
        return anyCase ? word.equalsIgnoreCase(other) : word.equals(other);
    }

    Keyword keptIn(String other) {
        return new Keyword(word, type, sign, anyCase, repeat, live, unsaid, other);
    }

    private static String usual(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
