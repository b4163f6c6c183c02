package org.cobnut.upsmon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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
 * upsmon as upsmon.conf configures it; without that file it does nothing. Every edit counts at once. Reads Configuration
 * Admin itself: the properties of a component are shown on pages and by shells, and MONITOR lines hold passwords.
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
    private final Neighbours neighbours;
    private final Path directory;
    private final Stopwatch nanos = new Stopwatch(System::nanoTime);
    private final Herald herald = new Herald(System.getenv());
    private final Optional<Helper> helper;
    private final Departure departure;
    private final Watchman watchman;
    private final Consumer<String> curious = this::stirred;
    private volatile @Nullable Conf conf;
    private boolean standing;
    private boolean server;

    /**
     * Begins to watch, if there is a upsmon.conf.
     *
     * @param launcher ends the process when upsmon is all that runs and cannot work
     * @param done ends it when the machine goes down
     * @param manager hears how this process fares
     */
    @Activate
    public Upsmon(
            BundleContext context,
            @Reference ConfigurationAdmin admin,
            @Reference Neighbours neighbours,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, target = "(cobnut.fatal=true)") @Nullable
                    Runnable launcher,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, target = "(cobnut.done=true)") @Nullable
                    Runnable done,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, target = "(cobnut.notify=true)") @Nullable
                    Consumer<String> manager) {
        this.admin = admin;
        this.neighbours = neighbours;
        String path = context.getProperty("cobnut.confpath");
        this.directory = Path.of(path == null ? "" : path);
        boolean alone = "upsmon".equals(context.getProperty("cobnut.program"));
        helper = helper(context);
        departure = new Departure(herald::warn, helper);
        Optional<Runnable> exit = alone ? Optional.ofNullable(done) : Optional.empty();
        var heart = manager == null ? Heartbeat.none() : new Heartbeat(manager, System.getenv(), nanos);
        watchman = new Watchman(
                this::source,
                herald,
                departure,
                nanos,
                heart,
                EventLog.told(Path.of(String.valueOf(context.getProperty("cobnut.statepath")))),
                () -> exit.ifPresent(end -> departure.afterwards(end)));
        server = neighbours.logins().isPresent();
        watchman.start();
        neighbours.tell(curious);
        read();
        if (!standing && alone && launcher != null) launcher.run();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(NoticeListener listener, Map<String, ?> properties) {
        herald.add(listener, properties);
        watchman.repeatAnswers();
    }

    void removeListener(NoticeListener listener) {
        herald.remove(listener);
    }

    @Deactivate
    void stop() throws InterruptedException {
        neighbours.tellNoMore(curious);
        watchman.end(PATIENCE);
        departure.close();
        herald.close(PATIENCE / 4);
        try {
            if (helper.isPresent()) helper.get().close();
        } catch (IOException gone) {
            herald.warn("The helper: " + gone.getMessage());
        }
    }

    private Optional<Helper> helper(BundleContext context) {
        String pipes = context.getProperty("cobnut.helper");
        if (pipes == null) return Optional.empty();
        try {
            var made = Helper.in(Path.of(pipes));
            var checking = new Thread(() -> check(made), "upsmon helper");
            checking.setDaemon(true);
            checking.start();
            return Optional.of(made);
        } catch (IOException gone) {
            herald.warn("There is no helper, so SHUTDOWNCMD will not run as root: " + gone.getMessage());
            return Optional.empty();
        }
    }

    /** What shows in an outage only is said at the start. */
    private void check(Helper made) {
        try {
            made.check();
        } catch (IOException gone) {
            herald.warn("Nothing will shut this machine down: " + gone.getMessage());
        }
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (PID.equals(event.getPid())) read();
        else if (SERVER.equals(event.getPid())) renew();
    }

    /** What is known, for who wants to tell people. */
    Optional<Watchman.Scene> scene() {
        return conf().isEmpty() ? Optional.empty() : watchman.scene();
    }

    /** What is in force. */
    Optional<Conf> conf() {
        return Optional.ofNullable(conf);
    }

    /** What of the configuration in force cannot work, each in a sentence. Looks at files. */
    List<String> faults() {
        Conf now = conf;
        return now == null ? List.of() : new ConfFaults(now, herald, System.getenv()).list();
    }

    /** Has UPSes watched again, though SHUTDOWNCMD ended well. */
    void watchAgain() {
        watchman.watchAgain();
    }

    /** Takes down this machine, and all that depend on its UPSes. */
    void fsd() {
        watchman.fsd();
    }

    private synchronized void read() {
        try {
            Optional<Map<String, Object>> all = properties(PID);
            if (all.isEmpty()) {
                rest();
                return;
            }
            Conf conf = Conf.of(all.get(), directory);
            conf.delivery().flag().filter(flag -> !standing && helper.isEmpty()).ifPresent(this::clear);
            boolean guarded = conf.lines().stream().anyMatch(line -> line.power() > 0);
            if (conf.delivery().shutdownCmd().isEmpty() && guarded)
                herald.warn("upsmon.conf: no SHUTDOWNCMD: nothing will shut this machine down");
            if (helper.isPresent() && !helper.get().means(conf.delivery()))
                herald.warn(
                        "upsmon.conf: SHUTDOWNCMD and POWERDOWNFLAG stay what they were until upsmon is started again:"
                                + " the helper that is root does not learn others");
            this.conf = conf;
            if (!standing) herald.log("upsmon watches " + names(conf.lines()));
            standing = true;
            watchman.adopt(conf);
        } catch (IOException | IllegalArgumentException useless) {
            herald.warn("upsmon.conf: %s; %s"
                    .formatted(
                            useless.getMessage(),
                            standing ? "what was in force stays" : "upsmon watches nothing, and protects nothing"));
        }
    }

    /** The configuration is gone: nothing is watched, nothing can be critical. */
    private void rest() {
        if (!standing) return;
        standing = false;
        conf = null;
        watchman.adopt(Conf.of(Map.of("minsupplies", 0), directory));
    }

    private void clear(Path flag) {
        try {
            Flag.clear(flag);
        } catch (IOException foreign) {
            herald.warn("POWERDOWNFLAG %s is not ours: %s".formatted(flag, foreign.getMessage()));
        }
    }

    private Source source(MonitorLine line) {
        return local(line)
                ? new LocalSource(line, neighbours, maxage(), nanos)
                : new RemoteSource(line, nanos, herald::warn);
    }

    /** Whether the server that the line names is the one in this process. */
    private boolean local(MonitorLine line) {
        if (neighbours.logins().isEmpty()
                || !THIS_MACHINE.contains(line.address().host())) return false;
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

    private void stirred(String ups) {
        if (!ups.isEmpty()) watchman.stir(ups);
        else renew();
    }

    /** The server came, went or listens elsewhere: what was local may be remote now. */
    private synchronized void renew() {
        boolean now = neighbours.logins().isPresent();
        if (now == server && !now) return;
        server = now;
        conf().ifPresent(known -> known.lines().forEach(watchman::renew));
    }

    private static String names(List<MonitorLine> lines) {
        return String.join(", ", lines.stream().map(MonitorLine::ups).toList());
    }
}
