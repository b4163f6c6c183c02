package org.cobnut.conf;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings edits of the files into Configuration Admin, all of them or none: at once when it is run, within a second when a
 * file changes. A run returns when everybody has taken what is new, and so may block.
 */
@Component(
        service = {Runnable.class, Callable.class},
        property = {
            "cobnut.reload=true",
            "osgi.command.scope=nut",
            "osgi.command.function=check",
            "osgi.command.function=diff"
        },
        immediate = true, // it watches, whether anybody asks for it or not
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class Reload implements Runnable, Callable<List<String>> {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final NutFiles files;
    private final ConfigurationAdmin admin;
    private final Fence fence;
    private final InstantSource clock;
    private final Watcher watcher;
    private final Look began;
    private Look seen;
    private Instant loaded;

    @Activate
    public Reload(@Reference NutPersistence persistence, @Reference ConfigurationAdmin admin, @Reference Fence fence) {
        this(persistence.files(), admin, fence, InstantSource.system());
    }

    Reload(NutFiles files, ConfigurationAdmin admin, Fence fence, InstantSource clock) {
        this.files = files;
        this.admin = admin;
        this.fence = fence;
        this.clock = clock;
        this.began = files.inForce();
        this.seen = began;
        this.loaded = clock.instant();
        List<String> names = Arrays.stream(Schema.values()).map(Schema::file).toList();
        this.watcher = new Watcher(files.directory(), names, this::edited);
    }

    @Activate
    void start() {
        watcher.start();
    }

    @Deactivate
    void stop() {
        watcher.close();
    }

    @Override
    public synchronized void run() {
        take(files.look());
    }

    /**
     * The same, for whoever wants to hear how it went.
     *
     * @return what differs from the start of this process and counts only from the next one, as {@code file: key}
     * @throws IOException when the files are refused, and what was in force stays
     */
    @Override
    public synchronized List<String> call() throws IOException {
        Look look = files.look();
        take(look);
        List<Fault> faults = Fault.grave(look.faults());
        if (!faults.isEmpty()) throw new IOException(lines(faults));
        var late = new ArrayList<String>();
        for (Schema schema : Schema.values())
            for (String word : late(schema, began, look)) late.add(schema.file() + ": " + word);
        return late;
    }

    /** For the shell: what is wrong with the files as they are on the disk now. */
    public String check() {
        List<Fault> faults = files.look().faults();
        return faults.isEmpty() ? "no errors" : lines(faults);
    }

    /** For the shell: what a reload would change. */
    public String diff() {
        Look look = files.look();
        if (!Fault.grave(look.faults()).isEmpty()) return "a reload would be refused:\n" + lines(look.faults());
        var disk = new NutFiles(files.directory());
        disk.adopt(look);
        List<String> lines = Difference.between(files.configurations(), disk.configurations());
        return lines.isEmpty() ? "no difference" : lines(lines);
    }

    private static String lines(List<?> each) {
        return each.stream().map(String::valueOf).collect(Collectors.joining("\n"));
    }

    /** A file may have changed: what was seen already, good or bad, is not told again. */
    private synchronized void edited() {
        Look look = files.look();
        if (look.same(seen)) return;
        if (!look.same(files.inForce())) {
            take(look);
            return;
        }
        seen = look;
        apply(); // what was written here may have got its place in the order meanwhile
    }

    private void take(Look look) {
        seen = look;
        if (!Fault.grave(look.faults()).isEmpty()) {
            Notes.refused(
                    look, TIME.format(loaded.atZone(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)));
            return;
        }
        Notes.adopted(files, look);
        later(files.inForce(), look);
        files.adopt(look);
        loaded = clock.instant();
        apply();
    }

    private void apply() {
        try {
            if (handOver()) fence.await(admin);
        } catch (IOException e) {
            LOG.error("The configuration was read but could not be handed over: {}", e.getMessage());
        }
    }

    /** Removals last, so that nothing is missing for a moment that was only renamed. Whether anything is new. */
    private boolean handOver() throws IOException {
        boolean news = false;
        for (String pid : List.copyOf(files.configurations().keySet())) {
            Map<String, Object> values = files.configurations().get(pid);
            if (values == null) continue; // deleted by somebody else in between
            Configuration configuration = configuration(pid);
            Dictionary<String, Object> old = configuration.getProperties();
            // Lines that only moved, or a default spelled out, are no change to anybody.
            if ((old == null || !files.says(pid, FrameworkUtil.asMap(old)))
                    && configuration.updateIfDifferent(FrameworkUtil.asDictionary(values))) {
                Audit.edited(origin(values), old == null ? "added" : "changed", pid);
                news = true;
            }
        }
        for (Configuration configuration : existing()) {
            String pid = configuration.getPid();
            if (!files.configurations().containsKey(pid) && configuration.getProperties() != null) {
                configuration.delete();
                Audit.edited(file(pid), "removed", pid);
                news = true;
            }
        }
        return news;
    }

    private static String origin(Map<String, Object> values) {
        return String.valueOf(values.get(NutFiles.ORIGIN));
    }

    private static String file(String pid) {
        return Places.schema(pid).map(Schema::file).orElse("");
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
                                    Places.schema(configuration.getPid()).isPresent())
                            .toList();
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Tells what was edited and does not count yet. */
    private static void later(Look before, Look after) {
        for (Schema schema : Schema.values()) {
            List<String> late = late(schema, before, after);
            if (!late.isEmpty()) LOG.info("{}: {} counts from the next start", schema.file(), String.join(", ", late));
        }
    }

    private static List<String> late(Schema schema, Look before, Look after) {
        if (before.of(schema).isEmpty() || after.of(schema).isEmpty()) return List.of();
        Map<String, Object> old = before.of(schema).get().global().values();
        Map<String, Object> now = after.of(schema).get().global().values();
        return schema.global().keys().stream()
                .filter(key -> !key.live() && !Objects.deepEquals(old.get(key.property()), now.get(key.property())))
                .map(Key::word)
                .toList();
    }
}
