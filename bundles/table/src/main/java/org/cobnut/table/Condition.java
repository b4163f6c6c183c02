package org.cobnut.table;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Whether a row is there for this device, by what is known of it. Immutable. */
public final class Condition {
    /** A row that every device has. */
    public static final Condition ALWAYS = new Condition(Optional.of(Set.of()), known -> true);

    /** The names that the test looks at; empty when it may look at any. */
    private final Optional<Set<String>> names;

    private final Predicate<Known> test;

    private Condition(Optional<Set<String>> names, Predicate<Known> test) {
        this.names = names;
        this.test = test;
    }

    /** A condition of its own making, which may look at every value. */
    public static Condition of(Predicate<Known> test) {
        return new Condition(Optional.empty(), test);
    }

    /** The device has told this value. */
    public static Condition has(String name) {
        return new Condition(Optional.of(Set.of(name)), known -> known.has(name));
    }

    /** The value is one of these. */
    public static Condition is(String name, String... values) {
        Set<String> all = Set.copyOf(Arrays.asList(values));
        return new Condition(
                Optional.of(Set.of(name)),
                known -> known.value(name).filter(all::contains).isPresent());
    }

    /** The opposite. */
    public Condition not() {
        return new Condition(names, test.negate());
    }

    /** Both. */
    public Condition and(Condition other) {
        if (this == ALWAYS) return other;
        if (other == ALWAYS) return this;
        return new Condition(
                names.flatMap(mine -> other.names.map(theirs -> union(mine, theirs))), test.and(other.test));
    }

    /** Whether it holds now. */
    public boolean holds(Known known) {
        return test.test(known);
    }

    /** Whether it may look at one of these names, so that they must be read before it is asked. */
    boolean looksAt(Set<String> fields) {
        if (this == ALWAYS || fields.isEmpty()) return false;
        if (names.isEmpty()) return true;
        for (String name : names.get()) if (fields.contains(name)) return true;
        return false;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        var all = new HashSet<>(one);
        all.addAll(other);
        return Set.copyOf(all);
    }
}
