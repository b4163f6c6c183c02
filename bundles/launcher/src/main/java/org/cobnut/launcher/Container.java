package org.cobnut.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** The framework of one run, and the bundles of the distribution in it. */
final class Container {
    // What marks the services for SIGHUP, for SIGUSR1, for the service manager, and for SIGUSR1 to a driver.
    static final String RELOAD = "(cobnut.reload=true)";
    static final String FSD = "(cobnut.fsd=true)";
    static final String NOTIFY = "(cobnut.notify=true)";
    static final String RENEW = "(cobnut.reload.or.exit=true)";

    /** Tells etc/logback.xml where the audit is kept. */
    private static final String AUDIT = "cobnut.audit.file";

    private static final long STOP_SECONDS = 20;

    private final Framework framework;
    private final Optional<InstallPolicy> policy;
    private final Program program;
    private final PrintStream lines;
    private final ReloadResult result;
    private volatile boolean asked;
    private volatile boolean hopeless;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch serving = new CountDownLatch(1);
    private final CountDownLatch listening = new CountDownLatch(1);

    Container(
            Program program,
            Directories directories,
            FrameworkCache cache,
            Optional<WebConsole> console,
            PrintStream lines)
            throws StartException {
        this.program = program;
        this.lines = lines;
        // For etc/logback.xml. A monitor alone may run as root, and its state path may be another account's.
        if (program instanceof Program.Whole || program instanceof Program.Server)
            System.setProperty(AUDIT, directories.state().resolve("audit.log").toString());
        policy = InstallPolicy.of(
                directories.conf(), cache.directory(), line -> lines.println(program.name() + ": " + line));
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
        all.put(Constants.FRAMEWORK_STORAGE, scratch.toString());
        all.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        all.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(StartLevels.LAST));
        // Errors come as framework events, and are told in one line below.
        all.put("felix.log.level", "0");
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
        // Netty would start Java's flight recorder, for events that nobody looks at.
        if (System.getProperty("io.netty.jfr.enabled") == null) System.setProperty("io.netty.jfr.enabled", "false");
        try {
            if (asked) return;
            framework.init(this::say);
            policy.ifPresent(rule -> rule.hold(framework.getBundleContext()));
            offer("cobnut.fatal", this::giveUp);
            if (program instanceof Program.Driver) {
                offer("cobnut.serving", serving::countDown);
                offer("cobnut.listening", listening::countDown);
            }
            if (program instanceof Program.Driver || program instanceof Program.Monitor)
                offer("cobnut.done", () -> end(true));
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

    /** The framework's own text for a file that cannot be written names no cause. */
    private static String reason(Exception failure) {
        Throwable cause = failure.getCause();
        return cause instanceof IOException
                ? failure.getMessage() + ": " + ErrorText.withFile(cause)
                : ErrorText.of(failure);
    }

    /**
     * Adds the bundles of a directory to what runs, to be stopped before it.
     *
     * @throws Refused when one of them does not start
     */
    void add(Path directory) throws StartException {
        try {
            startAll(install(directory, name -> true, name -> StartLevels.LAST));
        } catch (BundleException | IOException e) {
            throw new StartException(directory + ": " + e.getMessage());
        }
    }

    /**
     * Starts bundles by their levels, for as long as none says that it cannot do its work. The framework could do so by
     * itself, but writes down for each that it is to be started, in a file that nobody reads again.
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
                        .formatted(bundle.getSymbolicName(), e.getCause() == null ? e.getMessage() : e.getCause()));
            }
        }
    }

    /** Whether a service manager started this process, and wants to hear of it. */
    static boolean managed(Map<String, String> environment) {
        return environment.containsKey("NOTIFY_SOCKET");
    }

    private boolean wants(String symbolicName) {
        return program.wants(symbolicName) && (!symbolicName.equals(Program.MANAGED) || managed(System.getenv()));
    }

    /** Tells the service manager, where there is one. */
    void tell(String lines) {
        var context = framework.getBundleContext();
        if (context == null) return;
        try {
            var found = context.getServiceReferences(Consumer.class.getName(), NOTIFY);
            if (found == null) return;
            for (var reference : found) {
                tell(context.getService(reference), lines);
                context.ungetService(reference);
            }
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        } catch (IllegalStateException stopped) {
            return; // and so has nobody to tell
        }
    }

    @SuppressWarnings("unchecked") // what the property of the service promises
    private static void tell(Object service, String lines) {
        if (service instanceof Consumer<?> manager) ((Consumer<String>) manager).accept(lines);
    }

    /** Whether everything is up still. */
    boolean up() {
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

    /** What a bundle may do to the program, as a service. */
    private void offer(String property, Runnable action) {
        framework
                .getBundleContext()
                .registerService(Runnable.class, action, FrameworkUtil.asDictionary(Map.of(property, true)));
    }

    /** For a bundle that cannot do its work, and has said why. */
    private void giveUp() {
        end(false);
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
            lines.println(program.name() + ": cannot stop: " + e.getMessage());
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
            lines.println(program.name() + ": cannot stop: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void leave() {
        lines.println("%s: not stopped after %d s, leaving".formatted(program.name(), STOP_SECONDS));
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
            lines.println(program.name() + ": how the reload went cannot be written down: " + e.getMessage());
        }
        tell("READY=1");
    }

    /** Has all configuration read again, and returns what is refused. */
    private List<String> reread() {
        var context = framework.getBundleContext();
        var faults = new ArrayList<String>();
        try {
            var found = context.getServiceReferences(Callable.class.getName(), RELOAD);
            if (found == null) {
                lines.println(program.name() + ": SIGHUP: nobody here reads configuration");
                return faults;
            }
            for (var reference : found) {
                if (context.getService(reference) instanceof Callable<?> reader) reader.call();
                context.ungetService(reference);
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        } catch (Exception refused) { // as Callable declares it; who reads the files has logged it
            faults.add(String.valueOf(refused.getMessage()));
        }
        return faults;
    }

    /** What SIGUSR1 means: to a driver, a reload or else its end; to all others, a forced shutdown. */
    void user() {
        if (program instanceof Program.Driver) run(RENEW, "SIGUSR1: nobody here reads configuration");
        else run(FSD, "SIGUSR1: nobody here shuts machines down");
    }

    private void run(String filter, String nobody) {
        var context = framework.getBundleContext();
        if (context == null) return; // the start reads everything anyway, and the end needs nothing
        try {
            Collection<ServiceReference<Runnable>> found = context.getServiceReferences(Runnable.class, filter);
            if (found.isEmpty()) {
                lines.println(program.name() + ": " + nobody);
            }
            for (var reference : found) {
                var service = context.getService(reference);
                if (service != null) {
                    service.run();
                    context.ungetService(reference);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        } catch (IllegalStateException stopped) {
            lines.println(program.name() + ": " + nobody);
        }
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
            lines.println("%s: %s: %s"
                    .formatted(
                            program.name(),
                            event.getBundle().getSymbolicName(),
                            cause == null ? "error" : cause.getMessage()));
        }
    }
}
