package org.cobnut.conf;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator reads about the files. */
final class Notes {
    private static final Logger LOG = LoggerFactory.getLogger("org.cobnut.conf");

    private Notes() {}

    /** The first reading, NUT's way: lines in error are left out, the others count. */
    static void started(NutFiles files, Look look) {
        faults(look);
        for (Schema schema : Schema.values()) {
            List<Fault> grave = look.of(schema)
                    .map(reading -> Fault.grave(reading.faults()))
                    .orElse(List.of());
            if (!grave.isEmpty())
                LOG.error("{}: Encountered {} config errors, those entries were ignored", schema.file(), grave.size());
        }
        open(files, look);
    }

    /** A later reading that could not be taken over. */
    static void refused(Look look, String loaded) {
        faults(look);
        LOG.error("Nothing is changed: the configuration loaded {} stays in force", loaded);
        Audit.refused(Fault.grave(look.faults()));
    }

    /** A later reading that was. */
    static void adopted(NutFiles files, Look look) {
        faults(look);
        open(files, look);
    }

    private static void faults(Look look) {
        for (Fault fault : look.faults()) {
            if (fault.grave()) LOG.error("{}", fault);
            else LOG.warn("{}", fault);
        }
    }

    /** Whatever holds passwords or keys, and the state path, whose sockets take orders. */
    private static void open(NutFiles files, Look look) {
        for (Schema schema : Schema.values())
            if (schema.need().secret() && look.of(schema).isPresent())
                open(files.directory().resolve(schema.file()));
        look.of(Schema.UPSD_CONF).ifPresent(conf -> {
            files.audience().statePath().ifPresent(Notes::open);
            Map<String, Object> said = conf.global().values();
            place(files.directory(), said.get("certfile")).ifPresent(Notes::open);
            // A directory of certificates is for everybody, but a database of NSS holds keys too.
            place(files.directory(), said.get("certpath"))
                    .filter(path -> Files.exists(path.resolve("key4.db")))
                    .ifPresent(Notes::open);
        });
    }

    private static void open(Path path) {
        if (Disk.open(path)) LOG.warn("WARNING: {} is world readable (hope you don't have passwords there)", path);
    }

    private static Optional<Path> place(Path directory, @Nullable Object path) {
        try {
            return Optional.ofNullable(path).map(text -> directory.resolve(String.valueOf(text)));
        } catch (InvalidPathException wrong) {
            return Optional.empty(); // upsd says so
        }
    }
}
