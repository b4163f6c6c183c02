package org.cobnut.launcher.framework;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.cobnut.launcher.process.LaunchLog;
import org.cobnut.launcher.process.StartException;
import org.cobnut.launcher.program.Directories;
import org.cobnut.launcher.program.DriverJar;
import org.cobnut.launcher.program.DriverOrder;
import org.cobnut.launcher.program.FrameworkCache;
import org.cobnut.launcher.program.Program;
import org.cobnut.lifecycle.ConfigurationReload;
import org.cobnut.lifecycle.ForcedShutdown;
import org.cobnut.lifecycle.ProgramControl;
import org.cobnut.lifecycle.ReloadOrExit;
import org.cobnut.lifecycle.ServiceManager;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** Manages the framework of one run, and the bundles of the distribution in it. */
public final class Container {
    /** Tells etc/logback.xml where the audit is kept. */
    private static final String AUDIT = "cobnut.audit.file";

    private static final long STOP_SECONDS = 20;

    private final Framework framework;
    private final Optional<InstallPolicy> policy;
    private final Program program;
    private final LaunchLog log;
    private final ReloadResult result;
    private volatile boolean asked;
    private volatile boolean hopeless;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch serving = new CountDownLatch(1);
    private final CountDownLatch listening = new CountDownLatch(1);

    Container(
            Program program, Directories directories, FrameworkCache cache, Optional<WebConsole> console, LaunchLog log)
            throws StartException {
        this.program = program;
        this.log = log;
        // For etc/logback.xml. A monitor alone may run as root, and its state path may be another account's.
        if (program instanceof Program.Whole || program instanceof Program.Server)
            System.setProperty(AUDIT, directories.state().resolve("audit.log").toString());
        policy = InstallPolicy.of(directories.conf(), cache.directory(), log::warn);
        result = new ReloadResult(directories.state().resolve(program.stem() + ".reload"));
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no OSGi framework on the class path"))
                .newFramework(properties(program, directories, cache.directory(), console, policy.isPresent()));
    }

    /** The contract of docs/architecture.md, and what Felix and its bundles need to keep inside the state path. */
    static Map<String, String> properties(
            Program program, Directories directories, Path scratch, Optional<WebConsole> console, boolean locked) {
        var drivers = directories.home().resolve("drivers");
        var all = new HashMap<>(Map.of(
                "cobnut.home", directories.home().toString(),
                "cobnut.confpath", directories.conf().toString(),
                "cobnut.statepath", directories.state().toString(),
                "felix.cm.pm", "cobnut",
                "cobnut.program", program.kind(),
                "cobnut.locked", Boolean.toString(locked)));
        all.putAll(program.properties());
        // Services between the launcher and bundles have the classes of the launcher's own copy.
        all.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, "org.cobnut.lifecycle;version=1.0.0");
        all.put(Constants.FRAMEWORK_STORAGE, scratch.toString());
        all.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        all.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(StartLevels.LAST));
        // Errors come as framework events, and are told in one line below.
        all.put("felix.log.level", "0");
        all.put("cobnut.drivers.last", String.join(",", DriverOrder.last(directories.home(), directories.conf())));
        all.put("felix.fileinstall.dir", drivers.toString());
        all.put("felix.fileinstall.filter", ".*\\.jar");
        all.put("felix.fileinstall.poll", "200");
        all.put("felix.fileinstall.noInitialDelay", "true");
        all.put("felix.fileinstall.subdir.mode", "skip");
        all.put("felix.fileinstall.enableConfigSave", "false");
        all.put("felix.fileinstall.start.level", Integer.toString(StartLevels.DRIVERS));
        all.put("felix.fileinstall.tmpdir", scratch.resolve("fileinstall").toString());
        all.put("felix.fileinstall.log.level", "2");
        all.put("org.ops4j.pax.logging.DefaultServiceLog.level", "WARN");
        all.put("org.ops4j.pax.logging.service.frameworkEventsLogLevel", "DISABLED");
        all.put(
                "org.ops4j.pax.logging.StaticLogbackFile",
                directories.home().resolve("etc/logback.xml").toString());
        console.ifPresent(wanted -> all.putAll(wanted.properties()));
        return all;
    }

    /**
     * Starts every bundle of the system directory and returns when all of them have been started. When one of them says
     * that it cannot do its work, no driver is run, and the framework stops.
     *
     * @throws Refused when the distribution is not whole
     */
    void start(Path system) throws StartException {
        // Netty would start Java's flight recorder for events that we do not use.
        if (System.getProperty("io.netty.jfr.enabled") == null) System.setProperty("io.netty.jfr.enabled", "false");
        try {
            if (asked) return;
            framework.init(this::say);
            policy.ifPresent(rule -> rule.hold(framework.getBundleContext()));
            framework.getBundleContext().registerService(ProgramControl.class, new Control(), null);
            var bundles = install(system, this::wants, StartLevels::of);
            if (program instanceof Program.Driver driver)
                bundles.add(
                        policy.isPresent()
                                ? policy.get().installCopy(framework.getBundleContext(), driver.jar())
                                : install(driver.jar(), StartLevels.DRIVERS));
            framework.start();
            startAll(bundles);
        } catch (BundleException | IOException e) {
            if (!asked) throw new StartException("cannot start the framework: " + reason(e));
        } finally {
            started.countDown();
        }
    }

    /** Puts the cause behind the framework's own text, which does not name it. */
    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? ErrorText.of(failure) : ErrorText.of(failure) + ": " + ErrorText.withFile(cause);
    }

    /**
     * Adds the bundles of a directory to what runs, to be stopped before it.
     *
     * @throws Refused when one of them does not start
     */
    public void add(Path directory) throws StartException {
        try {
            startAll(install(directory, name -> true, name -> StartLevels.LAST));
        } catch (BundleException | IOException e) {
            throw new StartException("cannot start the bundles of " + directory + ": " + reason(e));
        }
    }

    /**
     * Starts bundles by their levels, for as long as none says that it cannot do its work. The framework could do so by
     * itself, but would record for each that it is to be started, in a file that is never read again.
     */
    private void startAll(List<Bundle> bundles) throws StartException {
        var inOrder = new ArrayList<>(bundles);
        inOrder.sort(Comparator.comparingInt(
                bundle -> bundle.adapt(BundleStartLevel.class).getStartLevel()));
        for (var bundle : inOrder) {
            if (!up()) return; // a signal may come at any moment, too
            try {
                if (!fragment(bundle)) BundleStarter.start(bundle);
            } catch (BundleException e) {
                if (!up()) return;
                throw new StartException("bundle %s did not start: %s"
                        .formatted(
                                bundle.getSymbolicName(), ErrorText.withFile(e.getCause() == null ? e : e.getCause())));
            }
        }
    }

    /** Tells whether a service manager started this process, and wants to hear of it. */
    public static boolean managed(Map<String, String> environment) {
        return environment.containsKey("NOTIFY_SOCKET");
    }

    private boolean wants(String symbolicName) {
        return program.wants(symbolicName) && (!symbolicName.equals(Program.MANAGED) || managed(System.getenv()));
    }

    /** Sends lines to the service manager, where there is one. */
    void tell(String lines) {
        each(ServiceManager.class, manager -> manager.send(lines));
    }

    /** Runs the action on every service of that type; whether there is one. */
    private <S> boolean each(Class<S> type, Consumer<S> action) {
        var context = framework.getBundleContext();
        if (context == null) return false;
        try {
            var found = context.getServiceReferences(type, null);
            for (var reference : found) {
                var service = context.getService(reference);
                if (service == null) continue;
                action.accept(service);
                context.ungetService(reference);
            }
            return !found.isEmpty();
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        } catch (IllegalStateException stopped) {
            return false;
        }
    }

    /** Tells whether everything is up still. */
    public boolean up() {
        return !hopeless && !asked && framework.getState() == Bundle.ACTIVE;
    }

    /** Waits until a driver's program has news of its device, and a socket for it; whether it has both. */
    boolean awaitServing() throws InterruptedException {
        return await(serving) && await(listening);
    }

    private boolean await(CountDownLatch latch) throws InterruptedException {
        boolean there = false;
        while (!there && up()) there = latch.await(200, TimeUnit.MILLISECONDS);
        return there && up();
    }

    /** Passes on what bundles report. */
    private final class Control implements ProgramControl {
        @Override
        public void fail() {
            end(false);
        }

        @Override
        public void finish() {
            if (program instanceof Program.Driver || program instanceof Program.Monitor) end(true);
        }

        @Override
        public void serving() {
            serving.countDown();
        }

        @Override
        public void listening() {
            listening.countDown();
        }
    }

    private synchronized void end(boolean well) {
        asked |= well;
        hopeless = true;
        try {
            if (framework.getState() == Bundle.ACTIVE) {
                tell("STOPPING=1");
                framework.stop();
            }
        } catch (BundleException e) {
            log.error("cannot stop the framework: " + reason(e));
        }
    }

    /**
     * Ends everything, and the process by force when that takes too long. A start that goes on ends before the next bundle.
     */
    void stop() {
        asked = true;
        tell("STOPPING=1\nEXTEND_TIMEOUT_USEC=" + TimeUnit.SECONDS.toMicros(2 * STOP_SECONDS + 5));
        try {
            if (!started.await(STOP_SECONDS, TimeUnit.SECONDS)) leave();
            framework.stop();
            if (framework.waitForStop(TimeUnit.SECONDS.toMillis(STOP_SECONDS)).getType()
                    == FrameworkEvent.WAIT_TIMEDOUT) leave();
        } catch (BundleException e) {
            log.error("cannot stop the framework: " + reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void leave() {
        log.error("the framework does not stop within %d s; the process ends without it".formatted(STOP_SECONDS));
        Runtime.getRuntime().halt(1);
    }

    /**
     * Waits until the framework has ended.
     *
     * @return whether that was asked for here; otherwise a bundle ended it, and has said why
     */
    boolean awaitEnd() throws InterruptedException {
        framework.waitForStop(0);
        return asked;
    }

    /** Runs the service that reads all configuration anew. */
    void reload() {
        tell("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
        try {
            result.write(reread());
        } catch (IOException e) {
            log.warn("cannot write the result of the reload: " + ErrorText.withFile(e));
        }
        tell("READY=1");
    }

    /** Has all configuration read again, and returns what is refused. */
    private List<String> reread() {
        var faults = new ArrayList<String>();
        boolean any = each(ConfigurationReload.class, reader -> {
            try {
                reader.reload();
            } catch (IOException refused) { // the reader has logged it
                faults.add(ErrorText.withFile(refused));
            }
        });
        if (!any) log.warn("SIGHUP: no bundle here reads the configuration");
        return faults;
    }

    /** What SIGUSR1 means: to a driver, a reload or else its end; to all others, a forced shutdown. */
    void user() {
        if (framework.getBundleContext() == null)
            return; // the start reads everything anyway, and the end needs nothing
        if (program instanceof Program.Driver) {
            if (!each(ReloadOrExit.class, ReloadOrExit::reloadOrExit))
                log.warn("SIGUSR1: no bundle here reads the configuration");
        } else if (!each(ForcedShutdown.class, ForcedShutdown::shutDown))
            log.warn("SIGUSR1: no bundle here shuts machines down; upsmon does not run in it");
    }

    private List<Bundle> install(Path directory, Predicate<String> wanted, ToIntFunction<String> level)
            throws IOException, BundleException {
        List<Path> jars;
        try (var files = Files.list(directory)) {
            jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
        var bundles = new ArrayList<Bundle>();
        for (var jar : jars) {
            var name = DriverJar.symbolicName(jar);
            if (wanted.test(name)) bundles.add(install(jar, level.applyAsInt(name)));
        }
        // Of what is put in by hand from now on.
        framework.adapt(FrameworkStartLevel.class).setInitialBundleStartLevel(StartLevels.DRIVERS);
        return bundles;
    }

    /** Told of the level beforehand, the framework writes it down once. */
    private Bundle install(Path jar, int level) throws BundleException {
        framework.adapt(FrameworkStartLevel.class).setInitialBundleStartLevel(level);
        var location = "reference:" + jar.toUri();
        if (policy.isPresent()) return policy.get().installOwn(framework.getBundleContext(), location);
        return framework.getBundleContext().installBundle(location);
    }

    private static boolean fragment(Bundle bundle) {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    private void say(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR) {
            var cause = event.getThrowable();
            log.error("%s: %s"
                    .formatted(
                            event.getBundle().getSymbolicName(),
                            cause == null ? "the framework reports an error without a cause" : reason(cause)));
        }
    }
}
