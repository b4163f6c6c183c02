package org.cobnut.table;

import java.util.List;
import java.util.Optional;

/** What a session knows of its device at this moment: values by the names of the table's rows. */
@FunctionalInterface
public interface Known {
    /** The value of a field or parameter; empty when the device has not told it. */
    Optional<String> value(String name);

    /** Whether there is a value. */
    default boolean has(String name) {
        return value(name).isPresent();
    }

    /** Whether the value is one of these. */
    default boolean is(String name, String... values) {
        return value(name).filter(List.of(values)::contains).isPresent();
    }

    /** The value as a number; empty when there is none or it is no number. */
    default Optional<Double> number(String name) {
        return value(name).flatMap(Numbers::parse);
    }
}
