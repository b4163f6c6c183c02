package org.cobnut.model;

/** Whole numbers from {@code min} to {@code max}, both included, in the unit of the variable. */
public record Range(long min, long max) {
    public Range {
        if (min > max) throw new IllegalArgumentException("range " + min + " to " + max);
    }

    public boolean holds(long number) {
        return min <= number && number <= max;
    }
}
