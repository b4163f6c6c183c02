package org.cobnut.keeper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.cobnut.device.IsolatedSection;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supervises the driver of one section of ups.conf in a process of its own: with {@code isolation = process}, or when the
 * runtime leaves the section to one.
 */
@Component(
        service = DriverSupervisor.class,
        immediate = true,
        // What a section says comes over what ups.conf says before the first.
        configurationPid = {"cobnut.drivers", "cobnut.ups"},
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class DriverSupervisor {
    /** What is read of the section; the runtime's Metatype describes the whole of it. */
    @interface Config {
        String ups();

        String driver();

        String port();

        String isolation() default "";

        String user() default "";
    }

    /** What a process would have to be begun anew for; a driver reads the rest of its section itself. */
    private record Wish(String ups, String driver, String port, String user) {}

    private static final Logger log = LoggerFactory.getLogger(DriverSupervisor.class);

    /** For the end of a process, and one that does not end by itself. */
    private static final long SECONDS_TO_STOP = 15;

    private final BundleContext context;
    private final Set<String> left = ConcurrentHashMap.newKeySet();
    /** One thing after the other, on a thread that is there only while there is something to do. */
    private final ThreadPoolExecutor order;

    private volatile Config config;
    private String told = "";

    // The executor's thread only.
    private Optional<Wish> wish = Optional.empty();
    private Optional<DriverProcess> driverProcess = Optional.empty();
    private Optional<UserDirectory> directory = Optional.empty();

    /** Begins the process, if the section wants one. */
    @Activate
    public DriverSupervisor(BundleContext context, Config config) {
        this.context = context;
        this.config = config;
        order = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var made = new Thread(task, "cobnut-keeper-order-" + config.ups());
            made.setDaemon(true);
            return made;
        });
        modified(config);
    }

    @Modified
    void modified(Config now) {
        config = now;
        order.execute(this::follow);
    }

    /** The runtime runs a section no more. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addIsolated(IsolatedSection section) {
        left.add(section.ups());
        if (section.ups().equals(config.ups())) order.execute(this::follow);
    }

    void removeIsolated(IsolatedSection section) {
        left.remove(section.ups());
        if (section.ups().equals(config.ups())) order.execute(this::follow);
    }

    private void follow() {
        Config section = config;
        boolean isolated = section.isolation().equals("process") || left.contains(section.ups());
        String user = section.user();
        if (!isolated && DriverAccount.another(user) && !user.equals(told))
            log.warn("UPS [{}]: user = {} counts with isolation = process only; here it is root", section.ups(), user);
        told = user;
        Optional<Wish> now = isolated
                ? Optional.of(new Wish(section.ups(), section.driver(), section.port(), user))
                : Optional.empty();
        if (now.equals(wish)) return;
        end();
        wish = now;
        driverProcess = now.map(which -> new DriverProcess(plan(which, state(which)), process -> show(which, process)));
    }

    @Deactivate
    void stop() {
        order.execute(this::end);
        order.shutdown();
        try {
            if (!order.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS))
                log.warn("UPS [{}]: its process does not end; nobody waits for it any more", config.ups());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        driverProcess.ifPresent(DriverProcess::close);
        driverProcess = Optional.empty();
        try {
            if (directory.isPresent()) directory.get().close();
        } catch (IOException e) {
            log.warn("cannot remove {}: {}", directory.get().path(), ErrorText.of(e));
        }
        directory = Optional.empty();
    }

    /** The state path of the section's process. */
    private Path state(Wish section) {
        Path ours = Path.of(property("cobnut.statepath").orElse(""));
        if (!DriverAccount.another(section.user())) return ours;
        try {
            var made = UserDirectory.create(section.user(), ours.resolve(section.driver() + "-" + section.ups()));
            directory = Optional.of(made);
            return made.path();
        } catch (IOException e) {
            log.error(
                    "UPS [{}]: there is no directory for user {}: {}",
                    section.ups(),
                    section.user(),
                    ErrorText.withFile(e));
            return ours;
        }
    }

    /** Registers the process as a service, so that a list of devices can name it. */
    private Runnable show(Wish section, ProcessHandle process) {
        var registration = context.registerService(
                ProcessHandle.class, process, FrameworkUtil.asDictionary(Map.of("ups.name", section.ups())));
        return registration::unregister;
    }

    private DriverProcess.Plan plan(Wish section, Path state) {
        var environment = new HashMap<String, String>();
        property("cobnut.confpath").ifPresent(path -> environment.put("NUT_CONFPATH", path));
        environment.put("NUT_STATEPATH", state.toString());
        if (directory.isPresent()) environment.put("NUT_ALTPIDPATH", state.toString());
        return new DriverProcess.Plan(
                section.ups(),
                section.driver(),
                section.user(),
                Path.of(property("cobnut.home").orElse("")),
                state,
                environment);
    }

    private Optional<String> property(String name) {
        return Optional.ofNullable(context.getProperty(name));
    }
}
