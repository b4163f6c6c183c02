package org.cobnut.conf.mirror;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.conf.check.CrossCheck;
import org.cobnut.conf.files.DiskState;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.files.ReadScope;
import org.cobnut.conf.files.ReloadDecision;
import org.cobnut.conf.schema.ParsedFile;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.text.Fault;
import org.cobnut.conf.text.FileStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the faults of the files to the operator: each fault once, and again only after it was fixed. Not thread-safe.
 */
public final class FaultReporter {
    private static final Logger LOG = LoggerFactory.getLogger("org.cobnut.conf");

    private final NutFiles files;
    private List<Fault> told = List.of();
    private Set<Path> open = Set.of();

    FaultReporter(NutFiles files) {
        this.files = files;
    }

    /** Tells that a program starts; of a driver, NUT's own way is to say so itself. */
    void begins(String program) {
        news("%s starts: process %d".formatted(program, ProcessHandle.current().pid()));
    }

    /** Tells that it ends. */
    void ends(String program) {
        news(program + " ends");
    }

    private void news(String line) {
        if (files.readScope() instanceof ReadScope.Driver) LOG.debug("{}", line);
        else LOG.info("{}", line);
    }

    /** Tells of the first reading: lines in error are left out, the others count. */
    void started(DiskState diskState) {
        for (Schema schema : Schema.values()) diskState.of(schema).ifPresent(parsed -> news(summary(parsed)));
        faults(all(diskState));
        for (Schema schema : Schema.values()) {
            List<Fault> grave = diskState
                    .of(schema)
                    .map(parsed -> Fault.grave(parsed.faults()))
                    .orElse(List.of());
            if (!grave.isEmpty())
                LOG.error("{}: Encountered {} config errors, those entries were ignored", schema.file(), grave.size());
        }
        open(diskState);
    }

    /**
     * Tells of a later reading: what is new in it that is wrong, what was refused, and what is mended.
     *
     * @param loaded when what stays in force was read
     */
    void taken(DiskState diskState, ReloadDecision decision, String loaded) {
        for (Fault fault : decision.refused()) LOG.error("{}", fault);
        decision.kept().forEach((schema, sections) -> refused(schema, sections, loaded));
        if (!decision.refused().isEmpty()) ConfigurationAudit.refused(decision.refused());
        List<Fault> now = all(diskState);
        List<Fault> mended = Fault.beyond(told, now);
        told = minus(told, mended);
        List<Fault> fresh = new ArrayList<>(Fault.beyond(now, told));
        fresh.removeAll(decision.refused());
        fresh.forEach(FaultReporter::tell);
        told = now;
        for (Fault fault : mended) LOG.info("{}: mended: {}", fault.file(), fault.reason());
        open(diskState);
    }

    /** Tells what a reload has changed, file by file. */
    static void changed(Map<String, List<String>> changes) {
        changes.forEach((file, what) -> LOG.info("{} is in force as edited: {}", file, String.join(", ", what)));
    }

    private static void refused(Schema schema, List<String> sections, String loaded) {
        if (schema.section().isEmpty() || sections.isEmpty())
            LOG.error("{}: refused; what was loaded {} stays in force", schema.file(), loaded);
        else
            LOG.error(
                    "{}: refused in part; {} as loaded {} stays in force, the rest counts as edited",
                    schema.file(),
                    String.join(", ", sections),
                    loaded);
    }

    private String summary(ParsedFile parsed) {
        Schema schema = parsed.schema();
        Path path = files.directory().resolve(schema.file());
        if (schema.section().isEmpty()) return path + " is read";
        return "%s is read: %s"
                .formatted(path, schema.title().count(parsed.sections().size()));
    }

    private void faults(List<Fault> now) {
        Fault.beyond(now, told).forEach(FaultReporter::tell);
        told = now;
    }

    private static void tell(Fault fault) {
        if (fault.grave()) LOG.error("{}", fault);
        else LOG.warn("{}", fault);
    }

    /** The faults of the files themselves, and those that show between them. */
    private List<Fault> all(DiskState diskState) {
        var all = new ArrayList<>(diskState.faults());
        all.addAll(CrossCheck.of(diskState, files));
        return all;
    }

    private static List<Fault> minus(List<Fault> all, List<Fault> less) {
        var rest = new ArrayList<>(all);
        rest.removeAll(less);
        return rest;
    }

    /** Warns once of what holds passwords or keys, and of the state path, whose sockets take orders. */
    private void open(DiskState diskState) {
        var paths = new ArrayList<Path>();
        for (Schema schema : Schema.values())
            if (schema.need().secret() && diskState.of(schema).isPresent())
                paths.add(files.directory().resolve(schema.file()));
        diskState.of(Schema.UPSD_CONF).ifPresent(conf -> {
            files.readScope().statePath().ifPresent(paths::add);
            Map<String, Object> said = conf.global().values();
            place(said.get("certfile")).ifPresent(paths::add);
            // Every account may read a directory of certificates, but a database of NSS holds keys too.
            place(said.get("certpath"))
                    .filter(path -> Files.exists(path.resolve("key4.db")))
                    .ifPresent(paths::add);
        });
        var now = new HashSet<Path>();
        for (Path path : paths) {
            if (!FileStore.open(path)) continue;
            now.add(path);
            if (!open.contains(path))
                LOG.warn("WARNING: {} is world readable (hope you don't have passwords there)", path);
        }
        open = now;
    }

    private Optional<Path> place(@Nullable Object path) {
        try {
            return Optional.ofNullable(path).map(text -> files.directory().resolve(String.valueOf(text)));
        } catch (InvalidPathException wrong) {
            return Optional.empty(); // upsd says so
        }
    }
}
