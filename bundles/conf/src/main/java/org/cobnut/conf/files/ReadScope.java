package org.cobnut.conf.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.cobnut.conf.schema.ParsedFile;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.schema.SectionId;
import org.cobnut.conf.schema.SectionValues;
import org.cobnut.conf.text.ConfFile;
import org.cobnut.conf.text.LogicalLine;
import org.jspecify.annotations.Nullable;

/** Selects which files are read, for the program that reads them, and adds what the program knows beside them. */
public sealed interface ReadScope {
    /** Where what a program is told stands: framework properties, by name. */
    @FunctionalInterface
    interface Properties {
        @Nullable
        String get(String name);
    }

    /** Tells whether a file is read at all. */
    boolean reads(Schema schema);

    /** Tells whether a section counts. */
    boolean wants(Schema schema, String section);

    /** Tells whether the file itself is looked at; otherwise only {@link #told} counts. */
    default boolean fromDisk(Schema schema) {
        return true;
    }

    /** A file with what was said beside it. */
    default ParsedFile told(ParsedFile disk) {
        return disk;
    }

    /** Returns where sockets and state lie, for programs that other programs find there. */
    default Optional<Path> statePath() {
        return Optional.empty();
    }

    /** Says why nothing can be done with what the files say; empty when something can. */
    Optional<String> fault(DiskState diskState);

    static ReadScope of(Properties properties) {
        if ("upsmon".equals(properties.get("cobnut.program"))) return new Monitor();
        String ups = properties.get("cobnut.ups");
        String driver = properties.get("cobnut.driver");
        if (ups == null || driver == null)
            return new Everybody(
                    Optional.ofNullable(properties.get("cobnut.statepath")).map(Path::of));
        String lines = properties.get("cobnut.ups.lines");
        return new Driver(driver, ups, !"false".equals(properties.get("cobnut.ups.file")), lines == null ? "" : lines);
    }

    /** The server, or all in one. */
    record Everybody(Optional<Path> statePath) implements ReadScope {
        @Override
        public boolean reads(Schema schema) {
            return true;
        }

        @Override
        public boolean wants(Schema schema, String section) {
            return true;
        }

        @Override
        public Optional<String> fault(DiskState diskState) {
            return Optional.empty();
        }
    }

    /** The program upsmon, which needs its own file, and those of what hears its notices. */
    record Monitor() implements ReadScope {
        @Override
        public boolean reads(Schema schema) {
            return schema == Schema.UPSMON_CONF
                    || schema == Schema.UPSSCHED_CONF
                    || schema == Schema.NOTIFY_CONF
                    || schema == Schema.NUT_CONF;
        }

        @Override
        public boolean wants(Schema schema, String section) {
            return schema == Schema.NOTIFY_CONF;
        }

        @Override
        public Optional<String> fault(DiskState diskState) {
            return diskState.of(Schema.UPSMON_CONF).isPresent()
                    ? Optional.empty()
                    : Optional.of("upsmon.conf is not there");
        }
    }

    /**
     * The program of a driver, for one section (nutupsdrv(8), options -a, -s and -x).
     *
     * @param file whether the section stands in ups.conf; otherwise the lines are all of it
     * @param lines of the section, which come before those of the file
     */
    record Driver(String driver, String ups, boolean file, String lines) implements ReadScope {
        @Override
        public boolean reads(Schema schema) {
            return schema == Schema.UPS_CONF;
        }

        @Override
        public boolean wants(Schema schema, String section) {
            return schema.title().same(section, ups);
        }

        @Override
        public boolean fromDisk(Schema schema) {
            return file;
        }

        @Override
        public ParsedFile told(ParsedFile disk) {
            Schema schema = disk.schema();
            ConfFile given = parse(disk, "[" + ups + "]\ndriver = " + driver + "\n" + lines);
            Optional<SectionValues> scope = disk.find(ups);
            if (!file) return new ParsedFile(given, schema);
            if (scope.isEmpty() || lines.isEmpty()) return disk;
            ConfFile.Draft draft = disk.file().edit();
            for (LogicalLine line : given.entries().subList(2, given.entries().size())) {
                for (SectionValues.Part part : scope.get().parts())
                    for (int i = part.from() + 1; i < part.to(); i++)
                        if (disk.file().entries().get(i).key().equals(line.key())) draft.remove(i);
            }
            // Right behind the section's name, and in the order given.
            for (LogicalLine line : given.entries().subList(2, given.entries().size()))
                draft.insert(scope.get().parts().get(0).from(), line.raw().strip());
            return new ParsedFile(draft.done(), schema);
        }

        @Override
        public Optional<String> fault(DiskState diskState) {
            Optional<SectionValues> scope = diskState.find(new SectionId(Schema.UPS_CONF, ups));
            if (scope.isEmpty())
                return Optional.of(
                        file
                                ? "Section " + ups + " not found in ups.conf"
                                : "-s " + ups + " wants at least -x port=<value>");
            String named = String.valueOf(scope.get().values().get("driver"));
            return named.equals(driver)
                    ? Optional.empty()
                    : Optional.of("UPS [%s] is for driver %s, but this is %s".formatted(ups, named, driver));
        }

        private static ConfFile parse(ParsedFile disk, String text) {
            return ConfFile.parse(disk.file().name(), disk.file().style(), text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
