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
 * @param parsedFiles the files that could be read
 * @param missing why others could not
 */
record DiskState(Map<Schema, ParsedFile> parsedFiles, List<Fault> missing) {
    DiskState {
        parsedFiles = Map.copyOf(parsedFiles);
        missing = List.copyOf(missing);
    }

    Optional<ParsedFile> of(Schema schema) {
        return Optional.ofNullable(parsedFiles.get(schema));
    }

    Optional<SectionValues> find(SectionId sectionId) {
        return of(sectionId.schema()).flatMap(parsed -> parsed.find(sectionId.name()));
    }

    /** All that is wrong, file by file. */
    List<Fault> faults() {
        var faults = new ArrayList<>(missing);
        for (Schema schema : Schema.values()) of(schema).ifPresent(parsed -> faults.addAll(parsed.faults()));
        return faults;
    }

    /** Whether two looks saw the same bytes. */
    boolean same(DiskState other) {
        return missing.equals(other.missing)
                && Arrays.stream(Schema.values()).allMatch(schema -> Arrays.equals(bytes(schema), other.bytes(schema)));
    }

    private byte @Nullable [] bytes(Schema schema) {
        return of(schema).map(ParsedFile::bytes).orElse(null);
    }
}
