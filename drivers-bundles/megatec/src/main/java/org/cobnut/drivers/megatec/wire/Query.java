package org.cobnut.drivers.megatec.wire;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.cobnut.table.Cadence;
import org.cobnut.table.Condition;
import org.cobnut.table.Known;

/**
 * A question to the UPS and what its answer may be.
 *
 * @param text what is sent, without its CR
 * @param width characters of the shortest good answer, its CR included
 * @param first what a good answer begins with; empty for anything
 * @param shape what a good answer looks like
 * @param coding how both are written on the line
 * @param when how often it is worth asking; a quick one must be answered
 * @param need whether this UPS is asked at all, by what is known of it
 */
public record Query(String text, int width, String first, Shape shape, Coding coding, Cadence when, Condition need) {
    /** Answers that say yes or no to a command, or that a question is not known: never the answer to one. */
    private static final Set<String> VERDICTS = Set.of("ACK", "(ACK", "NAK", "(NAK", "UPS NO ACK");

    /** A question in plain text, for every UPS of its dialect. */
    public static Query of(String text, int width, String first, Cadence when) {
        return new Query(text, width, first, Shape.ANY, Coding.TEXT, when, Condition.ALWAYS);
    }

    public static Query quick(String text, int width, String first) {
        return of(text, width, first, Cadence.QUICK);
    }

    public static Query full(String text, int width, String first) {
        return of(text, width, first, Cadence.FULL);
    }

    public static Query semi(String text, int width, String first) {
        return of(text, width, first, Cadence.CHANGE);
    }

    public static Query once(String text, int width, String first) {
        return of(text, width, first, Cadence.ONCE);
    }

    /** The same, only for those UPSes. */
    public Query only(Predicate<Known> those) {
        return new Query(text, width, first, shape, coding, when, Condition.of(those));
    }

    /** The same, with answers that match a regular expression. */
    public Query like(String expression) {
        return like(Shape.of(expression));
    }

    /** The same, with answers of this shape. */
    public Query like(Shape other) {
        return new Query(text, width, first, other, coding, when, need);
    }

    /** The same, written so. */
    public Query coded(Coding other) {
        return new Query(text, width, first, shape, other, when, need);
    }

    /** The same, with this text. */
    public Query saying(String other) {
        return new Query(other, width, first, shape, coding, when, need);
    }

    /** What is sent, with its CR. */
    String sent() {
        return coding.encode(text) + "\r";
    }

    /** An answer as a table reads it; empty when this can be none to this question. */
    Optional<String> read(String raw) {
        return coding.decode(raw).filter(this::fits);
    }

    /**
     * Whether this can be its answer, its CR included. A UPS that does not know a question may send it back as it came.
     */
    public boolean fits(String answer) {
        if (answer.length() < width || !answer.startsWith(first) || answer.equals(text + "\r")) return false;
        String bare = Address.cut(answer, 0, Address.REST);
        return !VERDICTS.contains(bare.toUpperCase(Locale.ROOT)) && shape.matches(bare);
    }

    @Override
    public String toString() {
        return text;
    }
}
