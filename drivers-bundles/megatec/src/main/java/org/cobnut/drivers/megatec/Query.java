package org.cobnut.drivers.megatec;

import java.util.function.Predicate;

/**
 * A question to the UPS and the shape of its answer.
 *
 * @param text what is sent, without its CR
 * @param width characters of the shortest good answer, its CR included
 * @param first what a good answer begins with; empty for anything
 * @param when how often it is worth asking
 * @param need whether this UPS is asked at all, by what is known of it
 */
record Query(String text, int width, String first, When when, Predicate<Known> need) {
    /** How often a question is asked; only QUICK ones must be answered. */
    enum When {
        /** At every poll; without an answer there is no reading. */
        QUICK,
        /** Every pollfreq seconds. */
        FULL,
        /** At the beginning, and after something was written or ordered. */
        SEMI,
        /** Once. */
        STATIC
    }

    static Query quick(String text, int width, String first) {
        return new Query(text, width, first, When.QUICK, known -> true);
    }

    static Query full(String text, int width, String first) {
        return new Query(text, width, first, When.FULL, known -> true);
    }

    static Query semi(String text, int width, String first) {
        return new Query(text, width, first, When.SEMI, known -> true);
    }

    static Query once(String text, int width, String first) {
        return new Query(text, width, first, When.STATIC, known -> true);
    }

    /** The same, only for those UPSes. */
    Query only(Predicate<Known> those) {
        return new Query(text, width, first, when, those);
    }

    /** Whether this can be its answer; a UPS that does not know a question may send it back as it came. */
    boolean fits(String answer) {
        return answer.length() >= width && answer.startsWith(first) && !answer.equals(text + "\r");
    }
}
