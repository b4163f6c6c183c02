package org.cobnut.model;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What may be written into a variable. A variable may be writable text, of several choices and of several ranges, all
 * at once (NUT Network Protocol, "TYPE").
 *
 * @param writable whether clients may set it
 * @param maxLength longest text in characters; absent for a number, 0 for text whose driver gave no length
 * @param choices the only values it takes, in the driver's order; empty for any
 * @param ranges where its whole-number part must lie, one of them; empty for anywhere
 */
public record VarType(boolean writable, OptionalInt maxLength, List<String> choices, List<Range> ranges) {
    /** What most variables are: nothing said, so NUT calls it a number. */
    public static final VarType READ_ONLY = new VarType(false, OptionalInt.empty(), List.of(), List.of());

    public VarType {
        if (maxLength.isPresent() && maxLength.getAsInt() < 0) throw new IllegalArgumentException("negative length");
        choices = List.copyOf(choices);
        ranges = List.copyOf(ranges);
    }

    /** Writable text of at most {@code maxLength} characters. */
    public static VarType text(int maxLength) {
        return new VarType(true, OptionalInt.of(maxLength), List.of(), List.of());
    }

    /** A writable number. */
    public static VarType number() {
        return new VarType(true, OptionalInt.empty(), List.of(), List.of());
    }

    /** A writable number between two bounds, both included. */
    public static VarType number(long min, long max) {
        return new VarType(true, OptionalInt.empty(), List.of(), List.of(new Range(min, max)));
    }

    /** A writable value out of these only. */
    public static VarType choice(String... choices) {
        return new VarType(true, OptionalInt.empty(), List.of(choices), List.of());
    }

    /** The same, with one more choice behind the others. */
    public VarType plus(String choice) {
        var all = new ArrayList<>(choices);
        all.add(choice);
        return new VarType(writable, maxLength, all, ranges);
    }

    /** The same, with one more range behind the others. */
    public VarType plus(Range range) {
        var all = new ArrayList<>(ranges);
        all.add(range);
        return new VarType(writable, maxLength, choices, all);
    }
}
