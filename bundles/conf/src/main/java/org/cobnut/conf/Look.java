package org.cobnut.conf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the disk says at one moment.
 *
 * @param readings the files that could be read
 * @param missing why others could not
 */
record Look(Map<Schema, Reading> readings, List<Fault> missing) {
    Look {
        readings = Map.copyOf(readings);
        missing = List.copyOf(missing);
    }

    Optional<Reading> of(Schema schema) {
        return Optional.ofNullable(readings.get(schema));
    }

    Optional<Scope> find(Place place) {
        return of(place.schema()).flatMap(reading -> reading.find(place.name()));
    }

    /** All that is wrong, file by file. */
    List<Fault> faults() {
        var faults = new ArrayList<>(missing);
        for (Schema schema : Schema.values()) of(schema).ifPresent(reading -> faults.addAll(reading.faults()));
        return faults;
    }

    /** Whether two looks saw the same bytes. */
    boolean same(Look other) {
        return missing.equals(other.missing)
                && Arrays.stream(Schema.values()).allMatch(schema -> Arrays.equals(bytes(schema), other.bytes(schema)));
    }

    private byte @Nullable [] bytes(Schema schema) {
        return of(schema).map(Reading::bytes).orElse(null);
    }
}
