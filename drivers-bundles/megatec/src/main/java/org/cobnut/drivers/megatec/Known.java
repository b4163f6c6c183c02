package org.cobnut.drivers.megatec;

import java.util.List;
import java.util.Optional;

/** What is known of a UPS so far, by the names of the table's fields. */
@FunctionalInterface
interface Known {
    Optional<String> value(String name);

    default boolean has(String name) {
        return value(name).isPresent();
    }

    default boolean is(String name, String... values) {
        return value(name).filter(List.of(values)::contains).isPresent();
    }

    default Optional<Double> number(String name) {
        return value(name).flatMap(Values::number);
    }
}
