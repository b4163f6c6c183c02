package org.cobnut.drivers.megatec;

import java.util.function.Predicate;
import org.cobnut.table.Cadence;
import org.cobnut.table.Condition;
import org.cobnut.table.Known;

/**
 * A question to the UPS and the shape of its answer.
 *
 * @param text what is sent, without its CR
 * @param width characters of the shortest good answer, its CR included
 * @param first what a good answer begins with; empty for anything
 * @param when how often it is worth asking; a quick one must be answered
 * @param need whether this UPS is asked at all, by what is known of it
 */
record Query(String text, int width, String first, Cadence when, Condition need) {
    static Query quick(String text, int width, String first) {
        return new Query(text, width, first, Cadence.QUICK, Condition.ALWAYS);
    }

    static Query full(String text, int width, String first) {
        return new Query(text, width, first, Cadence.FULL, Condition.ALWAYS);
    }

    static Query semi(String text, int width, String first) {
        return new Query(text, width, first, Cadence.CHANGE, Condition.ALWAYS);
    }

    static Query once(String text, int width, String first) {
        return new Query(text, width, first, Cadence.ONCE, Condition.ALWAYS);
    }

    /** The same, only for those UPSes. */
    Query only(Predicate<Known> those) {
        return new Query(text, width, first, when, Condition.of(those));
    }

    /** Whether this can be its answer; a UPS that does not know a question may send it back as it came. */
    boolean fits(String answer) {
        return answer.length() >= width && answer.startsWith(first) && !answer.equals(text + "\r");
    }

    @Override
    public String toString() {
        return text;
    }
}
