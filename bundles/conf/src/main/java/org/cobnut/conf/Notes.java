package org.cobnut.conf;

import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator reads about the files. */
final class Notes {
    private static final Logger LOG = LoggerFactory.getLogger("org.cobnut.conf");

    private Notes() {}

    /** The first reading, NUT's way: lines in error are left out, the others count. */
    static void started(Path directory, Look look) {
        faults(look);
        for (Schema schema : Schema.values()) {
            List<Fault> grave = look.of(schema)
                    .map(reading -> Fault.grave(reading.faults()))
                    .orElse(List.of());
            if (!grave.isEmpty())
                LOG.error("{}: Encountered {} config errors, those entries were ignored", schema.file(), grave.size());
        }
        open(directory, look);
    }

    /** A later reading that could not be taken over. */
    static void refused(Look look, String loaded) {
        faults(look);
        LOG.error("Nothing is changed: the configuration loaded {} stays in force", loaded);
    }

    /** A later reading that was. */
    static void adopted(Path directory, Look look) {
        faults(look);
        open(directory, look);
    }

    private static void faults(Look look) {
        for (Fault fault : look.faults()) {
            if (fault.grave()) LOG.error("{}", fault);
            else LOG.warn("{}", fault);
        }
    }

    private static void open(Path directory, Look look) {
        for (Schema schema : Schema.values()) {
            Path path = directory.resolve(schema.file());
            if (schema.need().secret() && look.of(schema).isPresent() && Disk.open(path))
                LOG.warn("WARNING: {} is world readable (hope you don't have passwords there)", path);
        }
    }
}
