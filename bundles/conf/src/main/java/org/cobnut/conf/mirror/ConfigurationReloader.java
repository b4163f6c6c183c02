package org.cobnut.conf.mirror;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.conf.check.CheckProgram;
import org.cobnut.conf.check.ListenCheck;
import org.cobnut.conf.files.DiskState;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.files.ReloadDecision;
import org.cobnut.conf.files.SectionPids;
import org.cobnut.conf.schema.Keyword;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.text.Fault;
import org.cobnut.conf.watch.FileStamps;
import org.cobnut.conf.watch.FileWatcher;
import org.cobnut.config.FolderListener;
import org.cobnut.lifecycle.ConfigurationReload;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings edits of the files into Configuration Admin, except for faulty ones: on request at once, and within a
 * second when a file changes.
 */
@Component(
        service = ConfigurationReload.class,
        property = {"osgi.command.scope=nut", "osgi.command.function=check", "osgi.command.function=diff"},
        immediate = true, // it watches even while no component uses it
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class ConfigurationReloader implements ConfigurationReload {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationReloader.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final NutFiles files;
    private final FaultReporter reporter;
    private final ConfigurationAdmin admin;
    private final ConfigurationEventBarrier barrier;
    private final InstantSource clock;
    private final FileWatcher watcher;
    private final DiskState began;
    private DiskState seen;
    private Instant loaded;
    /** Who hears of which folder of the directory. */
    private final Map<FolderListener, String> folders = new ConcurrentHashMap<>();
    /** What the last hand-over changed, by file. */
    private final Map<String, List<String>> changes = new LinkedHashMap<>();
    /** Configuration Admin keeps what it is given elsewhere, as in a framework that others configured, and asks us for nothing. */
    private boolean foreign;

    @Activate
    public ConfigurationReloader(
            @Reference NutPersistence persistence,
            @Reference ConfigurationAdmin admin,
            @Reference ConfigurationEventBarrier barrier,
            BundleContext context) {
        this(persistence.files(), persistence.reporter(), admin, barrier, InstantSource.system());
        foreign = !"cobnut".equals(context.getProperty("felix.cm.pm"));
    }

    ConfigurationReloader(
            NutFiles files,
            FaultReporter reporter,
            ConfigurationAdmin admin,
            ConfigurationEventBarrier barrier,
            InstantSource clock) {
        this.files = files;
        this.reporter = reporter;
        this.admin = admin;
        this.barrier = barrier;
        this.clock = clock;
        this.began = files.inForce();
        this.seen = began;
        this.loaded = clock.instant();
        this.watcher = new FileWatcher("cobnut-conf-watcher", this::watched, FileStamps.NONE, this::edited);
    }

    private List<Path> watched() {
        return Stream.concat(Arrays.stream(Schema.values()).map(Schema::file), folders.values().stream())
                .map(files.directory()::resolve)
                .toList();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addFolder(FolderListener listener, Map<String, ?> properties) {
        if (properties.get(FolderListener.FOLDER) instanceof String name) folders.put(listener, name);
    }

    void removeFolder(FolderListener listener) {
        folders.remove(listener);
    }

    @Activate
    synchronized void start() {
        if (foreign) apply();
        watcher.start();
    }

    @Deactivate
    void stop() {
        watcher.close();
    }

    @Override
    public synchronized List<String> reload() throws IOException {
        tellFolders();
        DiskState diskState = files.readDisk();
        var refused = new ArrayList<>(asked(diskState));
        refused.addAll(ListenCheck.of(diskState)); // by now upsd has bound what it can
        if (!refused.isEmpty()) throw new IOException(lines(refused));
        var late = new ArrayList<String>();
        for (Schema schema : Schema.values())
            for (String word : late(schema, began, diskState)) late.add(schema.file() + ": " + word);
        return late;
    }

    /** For the shell: what is wrong with the files as they are on the disk now. */
    public String check() {
        List<Fault> faults = CheckProgram.faults(files);
        return faults.isEmpty() ? "no errors" : lines(faults);
    }

    /** For the shell: what a reload would change. */
    public String diff() {
        DiskState diskState = files.readDisk();
        ReloadDecision decision = ReloadDecision.of(diskState, files.inForce());
        var disk = new NutFiles(files.directory());
        disk.adopt(decision.force());
        var lines = new ArrayList<>(ConfigurationDiff.between(files.configurations(), disk.configurations()));
        for (Fault fault : decision.refused()) lines.add("refused: " + fault);
        for (Fault fault : ListenCheck.of(diskState)) lines.add(fault.toString());
        return lines.isEmpty() ? "no difference" : lines(lines);
    }

    private static String lines(List<?> each) {
        return each.stream().map(String::valueOf).collect(Collectors.joining("\n"));
    }

    /** A file may have changed: what was seen already, good or bad, is not told again. */
    private synchronized void edited() {
        tellFolders();
        DiskState diskState = files.readDisk();
        if (diskState.same(seen)) return;
        if (!diskState.same(files.inForce())) {
            take(diskState);
            return;
        }
        seen = diskState;
        apply(); // what was written here may have got its place in the order meanwhile
    }

    private void tellFolders() {
        for (FolderListener listener : folders.keySet()) {
            try {
                listener.changed();
            } catch (RuntimeException e) {
                LOG.error(
                        "The files of {} could not be taken over",
                        files.directory().resolve(folders.getOrDefault(listener, "")),
                        e);
            }
        }
    }

    /** Reports the result of a requested reload even if nothing is new. */
    private List<Fault> asked(DiskState diskState) {
        ReloadDecision decision = take(diskState);
        if (decision.refused().isEmpty() && changes.isEmpty())
            LOG.info("The files of {} are read again; nothing is new", files.directory());
        return decision.refused();
    }

    private ReloadDecision take(DiskState diskState) {
        seen = diskState;
        DiskState before = files.inForce();
        ReloadDecision decision = files.take(diskState);
        reporter.taken(
                diskState,
                decision,
                TIME.format(loaded.atZone(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)));
        later(before, decision.force());
        if (decision.refused().isEmpty()) loaded = clock.instant();
        apply();
        return decision;
    }

    private void apply() {
        changes.clear();
        try {
            if (handOver()) barrier.await(admin);
        } catch (IOException e) {
            LOG.error(
                    "Configuration Admin does not take the files of {}: {}; type: nutctl reload",
                    files.directory(),
                    ErrorText.withFile(e));
        }
        FaultReporter.changed(changes);
    }

    /** Removals last, so that nothing is missing for a moment that was only renamed. Whether anything is new. */
    private boolean handOver() throws IOException {
        for (Map.Entry<String, Map<String, Object>> each :
                files.configurations().entrySet()) {
            String pid = each.getKey();
            if (!files.holds(pid)) continue; // another component has deleted it meanwhile
            Map<String, Object> values = each.getValue();
            Configuration configuration = configuration(pid);
            Dictionary<String, Object> old = configuration.getProperties();
            // Lines that only moved, or a default written out, change nothing.
            if ((old == null || !files.says(pid, values, FrameworkUtil.asMap(old)))
                    && configuration.updateIfDifferent(FrameworkUtil.asDictionary(values))) {
                ConfigurationAudit.edited(origin(values), old == null ? "added" : "changed", pid);
                changed(pid, old == null ? "added" : ConfigurationDiff.keys(FrameworkUtil.asMap(old), values));
            }
        }
        for (Configuration configuration : existing()) {
            String pid = configuration.getPid();
            if (!files.holds(pid) && configuration.getProperties() != null) {
                configuration.delete();
                ConfigurationAudit.edited(file(pid), "removed", pid);
                changed(pid, "removed");
            }
        }
        return !changes.isEmpty();
    }

    private static String origin(Map<String, Object> values) {
        return String.valueOf(values.get(NutFiles.ORIGIN));
    }

    private static String file(String pid) {
        return SectionPids.schema(pid).map(Schema::file).orElse("");
    }

    private void changed(String pid, String what) {
        int tail = pid.indexOf('~');
        changes.computeIfAbsent(file(pid), file -> new ArrayList<>())
                .add(tail < 0 ? what : "[" + pid.substring(tail + 1) + "] " + what);
    }

    private Configuration configuration(String pid) throws IOException {
        int tail = pid.indexOf('~');
        if (tail < 0) return admin.getConfiguration(pid, NutPersistence.ANYWHERE);
        return admin.getFactoryConfiguration(pid.substring(0, tail), pid.substring(tail + 1), NutPersistence.ANYWHERE);
    }

    private List<Configuration> existing() throws IOException {
        try {
            Configuration[] all = admin.listConfigurations("(service.pid=cobnut.*)");
            return all == null
                    ? List.of()
                    : Arrays.stream(all)
                            .filter(configuration ->
                                    SectionPids.schema(configuration.getPid()).isPresent())
                            .toList();
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Tells what was edited and does not count yet. */
    private static void later(DiskState before, DiskState after) {
        for (Schema schema : Schema.values()) {
            List<String> late = late(schema, before, after);
            if (!late.isEmpty()) LOG.info("{}: {} counts from the next start", schema.file(), String.join(", ", late));
        }
    }

    private static List<String> late(Schema schema, DiskState before, DiskState after) {
        if (before.of(schema).isEmpty() || after.of(schema).isEmpty()) return List.of();
        Map<String, Object> old = before.of(schema).get().global().values();
        Map<String, Object> now = after.of(schema).get().global().values();
        return schema.global().keys().stream()
                .filter(key -> !key.live() && !Objects.deepEquals(old.get(key.property()), now.get(key.property())))
                .map(Keyword::word)
                .toList();
    }
}
