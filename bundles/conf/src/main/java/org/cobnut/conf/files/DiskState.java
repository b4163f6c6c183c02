package org.cobnut.conf.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.conf.schema.ParsedFile;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.schema.SectionId;
import org.cobnut.conf.schema.SectionValues;
import org.cobnut.conf.text.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the files on the disk say at one moment.
 *
 * @param parsedFiles the files that could be read
 * @param missing why the others could not be read
 */
public record DiskState(Map<Schema, ParsedFile> parsedFiles, List<Fault> missing) {
    public DiskState {
        parsedFiles = Map.copyOf(parsedFiles);
        missing = List.copyOf(missing);
    }

    public Optional<ParsedFile> of(Schema schema) {
        return Optional.ofNullable(parsedFiles.get(schema));
    }

    public Optional<SectionValues> find(SectionId sectionId) {
        return of(sectionId.schema()).flatMap(parsed -> parsed.find(sectionId.name()));
    }

    /** All that is wrong, file by file. */
    public List<Fault> faults() {
        var faults = new ArrayList<>(missing);
        for (Schema schema : Schema.values()) of(schema).ifPresent(parsed -> faults.addAll(parsed.faults()));
        return faults;
    }

    /** Tells whether two looks saw the same bytes. */
    public boolean same(DiskState other) {
        return missing.equals(other.missing)
                && Arrays.stream(Schema.values()).allMatch(schema -> Arrays.equals(bytes(schema), other.bytes(schema)));
    }

    private byte @Nullable [] bytes(Schema schema) {
        return of(schema).map(ParsedFile::bytes).orElse(null);
    }
}
