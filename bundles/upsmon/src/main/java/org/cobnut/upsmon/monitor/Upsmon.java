package org.cobnut.upsmon.monitor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.cobnut.lifecycle.ProgramControl;
import org.cobnut.lifecycle.ServiceManager;
import org.cobnut.upsmon.NoticeListener;
import org.cobnut.upsmon.config.Conf;
import org.cobnut.upsmon.config.MonitorLine;
import org.cobnut.upsmon.notify.EventLog;
import org.cobnut.upsmon.notify.NotificationDispatcher;
import org.cobnut.upsmon.shutdown.PowerdownFlag;
import org.cobnut.upsmon.shutdown.RootHelper;
import org.cobnut.upsmon.shutdown.ShutdownExecutor;
import org.cobnut.upsmon.source.DeviceRegistry;
import org.cobnut.upsmon.source.LocalSource;
import org.cobnut.upsmon.source.RemoteSource;
import org.cobnut.upsmon.source.Source;
import org.cobnut.upsmon.time.MonotonicClock;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * upsmon as upsmon.conf configures it; without that file it does nothing. Every edit counts at once. Reads
 * Configuration Admin itself: pages and shells show the properties of a component, and MONITOR lines hold passwords.
 */
@Component(
        service = {Upsmon.class, SynchronousConfigurationListener.class},
        immediate = true,
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class Upsmon implements SynchronousConfigurationListener {
    /** The PID of upsmon.conf. */
    static final String PID = "cobnut.upsmon";

    private static final String SERVER = "cobnut.upsd";
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");
    private static final int MAXAGE = 15;
    private static final long PATIENCE = 4000;

    private final ConfigurationAdmin admin;
    private final DeviceRegistry devices;
    private final Path directory;
    private final MonotonicClock nanos = new MonotonicClock(System::nanoTime);
    private final NotificationDispatcher dispatcher = new NotificationDispatcher(System.getenv());
    private final Optional<RootHelper> helper;
    private final ShutdownExecutor shutdownExecutor;
    private final UpsMonitor monitor;
    private final Consumer<String> deviceListener = this::deviceChanged;
    private volatile @Nullable Conf conf;
    private boolean standing;
    private boolean server;

    /**
     * Starts to monitor, if there is a upsmon.conf.
     *
     * @param program ends when upsmon is all that runs and cannot work, or when the machine shuts down
     * @param manager takes lines of sd_notify(3) for the service manager
     */
    @Activate
    public Upsmon(
            BundleContext context,
            @Reference ConfigurationAdmin admin,
            @Reference DeviceRegistry devices,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL) @Nullable ProgramControl program,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL) @Nullable ServiceManager manager) {
        this.admin = admin;
        this.devices = devices;
        String path = context.getProperty("cobnut.confpath");
        this.directory = Path.of(path == null ? "" : path);
        boolean alone = "upsmon".equals(context.getProperty("cobnut.program"));
        helper = helper(context);
        shutdownExecutor = new ShutdownExecutor(dispatcher::warn, helper);
        Optional<Runnable> exit = alone && program != null ? Optional.of(program::finish) : Optional.empty();
        var heart = manager == null ? Heartbeat.none() : new Heartbeat(manager::send, System.getenv(), nanos);
        monitor = new UpsMonitor(
                this::source,
                dispatcher,
                shutdownExecutor,
                nanos,
                heart,
                EventLog.notifiedStates(Path.of(String.valueOf(context.getProperty("cobnut.statepath")))),
                () -> exit.ifPresent(end -> shutdownExecutor.afterwards(end)));
        server = devices.logins().isPresent();
        monitor.start();
        devices.addListener(deviceListener);
        read();
        if (!standing && alone && program != null) program.fail();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(NoticeListener listener, Map<String, ?> properties) {
        dispatcher.add(listener, properties);
        monitor.repeatAnswers();
    }

    void removeListener(NoticeListener listener) {
        dispatcher.remove(listener);
    }

    @Deactivate
    void stop() throws InterruptedException {
        devices.removeListener(deviceListener);
        monitor.end(PATIENCE);
        shutdownExecutor.close();
        dispatcher.close(PATIENCE / 4);
        try {
            if (helper.isPresent()) helper.get().close();
        } catch (IOException gone) {
            dispatcher.warn("The connection to the helper that runs as root cannot be closed: " + ErrorText.of(gone));
        }
    }

    private Optional<RootHelper> helper(BundleContext context) {
        String pipes = context.getProperty("cobnut.helper");
        if (pipes == null) return Optional.empty();
        try {
            var made = RootHelper.in(Path.of(pipes));
            var checking = new Thread(() -> check(made), "upsmon helper");
            checking.setDaemon(true);
            checking.start();
            return Optional.of(made);
        } catch (IOException gone) {
            dispatcher.warn(
                    "The helper that runs as root is not reached: %s. SHUTDOWNCMD will not run as root; start upsmon again"
                            .formatted(ErrorText.of(gone)));
            return Optional.empty();
        }
    }

    /** Warns at the start of what would show only in an outage. */
    private void check(RootHelper made) {
        try {
            made.check();
        } catch (IOException gone) {
            dispatcher.warn("Nothing will shut this machine down: " + ErrorText.of(gone));
        }
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (PID.equals(event.getPid())) read();
        else if (SERVER.equals(event.getPid())) renew();
    }

    /** The state of the engine, for commands that show it. */
    Optional<UpsMonitor.View> view() {
        return conf().isEmpty() ? Optional.empty() : monitor.view();
    }

    /** The configuration in force. */
    Optional<Conf> conf() {
        return Optional.ofNullable(conf);
    }

    /** The faults of the configuration in force, each in a sentence. Looks at files. */
    List<String> faults() {
        Conf now = conf;
        return now == null ? List.of() : new ConfFaults(now, dispatcher, System.getenv()).list();
    }

    /** Monitors UPSes again after SHUTDOWNCMD ended well. */
    void watchAgain() {
        monitor.watchAgain();
    }

    /** Starts a forced shutdown of this machine and of all that depend on its UPSes. */
    void fsd() {
        monitor.fsd();
    }

    private synchronized void read() {
        try {
            Optional<Map<String, Object>> all = properties(PID);
            if (all.isEmpty()) {
                rest();
                return;
            }
            Conf conf = Conf.of(all.get(), directory);
            conf.effectSettings()
                    .flag()
                    .filter(flag -> !standing && helper.isEmpty())
                    .ifPresent(this::clear);
            boolean guarded = conf.lines().stream().anyMatch(line -> line.power() > 0);
            if (conf.effectSettings().shutdownCmd().isEmpty() && guarded)
                dispatcher.warn("upsmon.conf: there is no SHUTDOWNCMD: nothing will shut this machine down");
            if (helper.isPresent() && !helper.get().means(conf.effectSettings()))
                dispatcher.warn(
                        "upsmon.conf: SHUTDOWNCMD and POWERDOWNFLAG stay what they were until upsmon is started again:"
                                + " the helper that runs as root does not take new ones");
            this.conf = conf;
            if (!standing) dispatcher.log("upsmon watches " + names(conf.lines()));
            standing = true;
            monitor.adopt(conf);
        } catch (IOException | IllegalArgumentException useless) {
            dispatcher.warn("upsmon.conf: %s; %s"
                    .formatted(
                            ErrorText.of(useless),
                            standing ? "what was in force stays" : "upsmon watches nothing, and protects nothing"));
        }
    }

    /** Stops to monitor, because the configuration is gone. */
    private void rest() {
        if (!standing) return;
        standing = false;
        conf = null;
        monitor.adopt(Conf.of(Map.of("minsupplies", 0), directory));
    }

    private void clear(Path flag) {
        try {
            PowerdownFlag.clear(flag);
        } catch (IOException foreign) {
            dispatcher.warn("POWERDOWNFLAG %s is not deleted: %s; look at the file and delete it"
                    .formatted(flag, ErrorText.of(foreign)));
        }
    }

    private Source source(MonitorLine line) {
        return local(line)
                ? new LocalSource(line, devices, maxage(), nanos)
                : new RemoteSource(line, nanos, dispatcher::warn);
    }

    /** Whether a MONITOR line names the server of this process. */
    private boolean local(MonitorLine line) {
        if (devices.logins().isEmpty() || !THIS_MACHINE.contains(line.address().host())) return false;
        Optional<Map<String, Object>> upsd = server();
        if (upsd.isEmpty()) return false;
        if (!(upsd.get().get("listen") instanceof String[] listen) || listen.length == 0)
            return line.address().port() == 3493;
        for (String each : listen) {
            String[] words = each.trim().split("\\s+");
            int port = words.length > 1 ? Integer.parseInt(words[1]) : 3493;
            if (port == line.address().port()) return true;
        }
        return false;
    }

    private int maxage() {
        return server().map(all -> all.get("maxage"))
                .filter(Integer.class::isInstance)
                .map(Integer.class::cast)
                .orElse(MAXAGE);
    }

    private Optional<Map<String, Object>> server() {
        try {
            return properties(SERVER);
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    private Optional<Map<String, Object>> properties(String pid) throws IOException {
        try {
            Configuration[] found = admin.listConfigurations("(service.pid=" + pid + ")");
            if (found == null || found.length == 0) return Optional.empty();
            Dictionary<String, Object> properties = found[0].getProperties();
            return Optional.ofNullable(properties).map(all -> new HashMap<>(FrameworkUtil.asMap(all)));
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private void deviceChanged(String ups) {
        if (!ups.isEmpty()) monitor.pollNow(ups);
        else renew();
    }

    /** Opens all sources anew, because the server came, went or listens elsewhere: a local UPS may be remote now. */
    private synchronized void renew() {
        boolean now = devices.logins().isPresent();
        if (now == server && !now) return;
        server = now;
        conf().ifPresent(known -> known.lines().forEach(monitor::renew));
    }

    private static String names(List<MonitorLine> lines) {
        return String.join(", ", lines.stream().map(MonitorLine::ups).toList());
    }
}
