package org.cobnut.conf.mirror;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.cm.PersistenceManager;
import org.cobnut.conf.files.DiskState;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.files.ReadScope;
import org.cobnut.conf.files.SectionPids;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.text.FileStore;
import org.cobnut.lifecycle.ProgramControl;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores Configuration Admin's configurations in NUT's files; configurations that belong to no file are kept in memory.
 * Configuration Admin finds it by the framework property {@code felix.cm.pm=cobnut}.
 */
@Component(
        service = {PersistenceManager.class, NutPersistence.class, ConfigurationPlugin.class},
        property = {
            "name=cobnut",
            "cm.target=cobnut.ups",
            "cm.target=cobnut.upsd",
            "cm.target=cobnut.user",
            "cm.target=cobnut.notify"
        },
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class NutPersistence implements PersistenceManager, ConfigurationPlugin {
    /** Free to be read by every bundle. */
    static final String ANYWHERE = "?";

    private static final String HIDDEN = ".hidden";
    private static final Logger LOG = LoggerFactory.getLogger(NutPersistence.class);
    private static final String LOCATION = "service.bundleLocation";
    private static final String NEWBORN = "_felix_.cm.newConfiguration";

    private final NutFiles files;
    private final FaultReporter reporter;
    private final String program;
    /**
     * What Configuration Admin was told or told us, by PID. It asks late and piecemeal; were it answered from the files,
     * it would find new values in place and send no event.
     */
    private final Map<String, Map<String, Object>> known = new ConcurrentHashMap<>();

    /**
     * What the files say now.
     *
     * @param program ends the process when a required file is missing; absent in a framework that our launcher did not start
     */
    @Activate
    public NutPersistence(
            BundleContext context,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL) @Nullable ProgramControl program) {
        this(context, program == null ? () -> {} : program::fail);
    }

    NutPersistence(BundleContext context, Runnable fail) {
        this(new NutFiles(confpath(context), ReadScope.of(context::getProperty)), program(context));
        Optional<String> fault =
                files.inForce().missing().isEmpty() ? files.readScope().fault(files.inForce()) : Optional.empty();
        fault.ifPresent(reason -> LOG.error("Fatal error: {}", reason));
        if (fault.isPresent() || !files.inForce().missing().isEmpty()) fail.run();
    }

    NutPersistence(NutFiles files) {
        this(files, "cobnut");
    }

    private NutPersistence(NutFiles files, String program) {
        this.files = files;
        this.program = program;
        this.reporter = new FaultReporter(files);
        for (Schema schema : Schema.values())
            if (files.readScope().reads(schema)) sweep(files.directory().resolve(schema.file()));
        DiskState diskState = files.readDisk();
        files.adopt(diskState);
        reporter.begins(program);
        reporter.started(diskState);
        files.configurations().forEach((pid, values) -> known.put(pid, complete(pid, values)));
    }

    /** The files that it stores into. */
    public NutFiles files() {
        return files;
    }

    FaultReporter reporter() {
        return reporter;
    }

    @Override
    public boolean exists(String pid) {
        return known.containsKey(pid);
    }

    @Override
    public Dictionary<String, Object> load(String pid) throws IOException {
        Map<String, Object> values = known.get(pid);
        if (values == null) throw new FileNotFoundException("no configuration " + pid);
        return FrameworkUtil.asDictionary(values);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Felix declares it
    public Enumeration getDictionaries() {
        return Collections.enumeration(
                known.values().stream().map(FrameworkUtil::asDictionary).toList());
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // as Felix declares it
    public void store(String pid, Dictionary properties) throws IOException {
        Map<String, Object> values = new HashMap<>(FrameworkUtil.<String, Object>asMap(properties));
        try {
            if (SectionPids.schema(pid).isPresent() && !values.containsKey(NEWBORN) && files.store(pid, values)) {
                LOG.info("{} is changed through Configuration Admin, and written into its file", pid);
                ConfigurationAudit.asked("changed", pid, "written into its file");
            }
        } catch (IOException refused) {
            // The caller gets the exception too, but the web console's forms do not show its text.
            String why = ErrorText.withFile(refused);
            LOG.warn("{} stays as it is: {}", pid, why);
            ConfigurationAudit.asked("changed", pid, "refused: " + why);
            throw refused;
        }
        known.put(pid, values);
    }

    @Override
    public void delete(String pid) throws IOException {
        if (files.delete(pid)) {
            LOG.info("{} is removed through Configuration Admin, and taken out of its file", pid);
            ConfigurationAudit.asked("removed", pid, "taken out of its file");
        }
        known.remove(pid);
    }

    /**
     * Keeps secrets out of what components are configured with, for that is shown on pages and by shells. A component
     * that needs one is told by the property {@value #HIDDEN} that there is one, and asks Configuration Admin itself.
     */
    @Override
    public void modifyConfiguration(@Nullable ServiceReference<?> ignored, Dictionary<String, Object> properties) {
        for (String key : Collections.list(properties.keys()))
            if (NutFiles.secret(key)) {
                properties.remove(key);
                properties.put(HIDDEN, true);
            }
    }

    @Deactivate
    void stop() {
        reporter.ends(program);
    }

    private static String program(BundleContext context) {
        String program = context.getProperty("cobnut.program");
        return program == null ? "cobnut" : program;
    }

    private static Path confpath(BundleContext context) {
        String path = context.getProperty("cobnut.confpath");
        return Path.of(path == null ? "/etc/nut" : path);
    }

    private static Map<String, Object> complete(String pid, Map<String, Object> values) {
        var all = new HashMap<>(values);
        all.put(Constants.SERVICE_PID, pid);
        SectionPids.factory(pid).ifPresent(factory -> all.put(ConfigurationAdmin.SERVICE_FACTORYPID, factory));
        all.put(LOCATION, ANYWHERE);
        return all;
    }

    private static void sweep(Path path) {
        try {
            FileStore.sweep(path);
        } catch (IOException e) {
            LOG.debug("{}: what was left of it stays: {}", path, FileStore.reason(e));
        }
    }
}
