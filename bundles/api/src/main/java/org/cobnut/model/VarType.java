package org.cobnut.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What may be written into a variable. Immutable. A variable may be writable text, of several choices and of several
 * ranges, all at once (NUT Network Protocol, "TYPE").
 */
public final class VarType {
    /** What most variables are: nothing said, so NUT calls it a number. */
    public static final VarType READ_ONLY = new VarType(false, OptionalInt.empty(), List.of(), List.of());

    private final boolean writable;
    private final OptionalInt maxLength;
    private final List<String> choices;
    private final List<Range> ranges;

    private VarType(boolean writable, OptionalInt maxLength, Collection<String> choices, Collection<Range> ranges) {
        if (maxLength.isPresent() && maxLength.getAsInt() < 0) throw new IllegalArgumentException("negative length");
        this.writable = writable;
        this.maxLength = maxLength;
        this.choices = List.copyOf(choices);
        this.ranges = List.copyOf(ranges);
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

    /** The same, writable by clients or not. */
    public VarType writable(boolean now) {
        return new VarType(now, maxLength, choices, ranges);
    }

    /** The same as text of at most so many characters, 0 for no limit; a number when it is absent. */
    public VarType maxLength(OptionalInt now) {
        return new VarType(writable, now, choices, ranges);
    }

    /** The same with these choices only. */
    public VarType choices(Collection<String> now) {
        return new VarType(writable, maxLength, now, ranges);
    }

    /** The same with these ranges only. */
    public VarType ranges(Collection<Range> now) {
        return new VarType(writable, maxLength, choices, now);
    }

    /** The same, with one more choice behind the others. */
    public VarType plus(String choice) {
        var all = new ArrayList<>(choices);
        all.add(choice);
        return choices(all);
    }

    /** The same, with one more range behind the others. */
    public VarType plus(Range range) {
        var all = new ArrayList<>(ranges);
        all.add(range);
        return ranges(all);
    }

    /** Whether clients may set it. */
    public boolean writable() {
        return writable;
    }

    /** The longest text in characters; absent for a number, 0 for text whose driver gave no length. */
    public OptionalInt maxLength() {
        return maxLength;
    }

    /** The only values it takes, in the driver's order; empty for any. */
    public List<String> choices() {
        return choices;
    }

    /** Where its whole-number part must lie, one of them; empty for anywhere. */
    public List<Range> ranges() {
        return ranges;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof VarType that
                        && writable == that.writable
                        && maxLength.equals(that.maxLength)
                        && choices.equals(that.choices)
                        && ranges.equals(that.ranges));
    }

    @Override
    public int hashCode() {
        return Objects.hash(writable, maxLength, choices, ranges);
    }

    @Override
    public String toString() {
        return "VarType[writable=%s, maxLength=%s, choices=%s, ranges=%s]"
                .formatted(writable, maxLength, choices, ranges);
    }
}
