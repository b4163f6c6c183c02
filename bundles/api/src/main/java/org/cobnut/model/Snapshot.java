package org.cobnut.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A device at one moment, replaced whole. Immutable, and free to be shared between threads.
 *
 * @param taken when the values were read, on the wall clock: for people, never for deadlines
 * @param variables by name, in {@link Names#ORDER}
 * @param commands the instant commands that the device takes now, in {@link Names#ORDER}
 */
public record Snapshot(
        Instant taken, Health health, SortedMap<String, Variable> variables, SortedSet<String> commands) {
    public Snapshot {
        variables = Collections.unmodifiableSortedMap(copy(variables));
        commands = Collections.unmodifiableSortedSet(copy(commands));
    }

    /** A device of which nothing is known but why. */
    public static Snapshot empty(Instant taken, Health health) {
        return new Snapshot(taken, health, new TreeMap<>(Names.ORDER), new TreeSet<>(Names.ORDER));
    }

    /** The same values under another health. */
    public Snapshot with(Health other) {
        return new Snapshot(taken, other, variables, commands);
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(variables.get(name)).map(Variable::value);
    }

    /** The words of ups.status in their order; none when there is no status. */
    public List<String> status() {
        return value("ups.status")
                .filter(status -> !status.isBlank())
                .map(status -> List.of(status.trim().split(" +")))
                .orElse(List.of());
    }

    private static SortedMap<String, Variable> copy(SortedMap<String, Variable> from) {
        var copy = new TreeMap<String, Variable>(Names.ORDER);
        copy.putAll(from);
        return copy;
    }

    private static SortedSet<String> copy(SortedSet<String> from) {
        var copy = new TreeSet<>(Names.ORDER);
        copy.addAll(from);
        return copy;
    }
}
