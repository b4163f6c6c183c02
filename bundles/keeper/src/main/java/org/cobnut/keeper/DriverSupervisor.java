package org.cobnut.keeper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Supervises the driver of one section of ups.conf with {@code isolation = process} in a process of its own. */
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

        String isolation() default "thread";

        String user() default "";
    }

    /** What a process would have to be begun anew for; a driver reads the rest of its section itself. */
    private record Wish(String ups, String driver, String port, String user) {}

    private static final Logger log = LoggerFactory.getLogger(DriverSupervisor.class);

    private final BundleContext context;
    private Optional<Wish> wish = Optional.empty();
    private String told = "";
    private Optional<DriverProcess> driverProcess = Optional.empty();
    private Optional<UserDirectory> directory = Optional.empty();

    /** Begins the process, if the section wants one. */
    @Activate
    public DriverSupervisor(BundleContext context, Config config) {
        this.context = context;
        modified(config);
    }

    @Modified
    void modified(Config config) {
        boolean isolated = config.isolation().equals("process");
        String user = config.user();
        if (!isolated && DriverAccount.another(user) && !user.equals(told))
            log.warn("UPS [{}]: user = {} counts with isolation = process only; here it is root", config.ups(), user);
        told = user;
        Optional<Wish> now =
                isolated ? Optional.of(new Wish(config.ups(), config.driver(), config.port(), user)) : Optional.empty();
        if (now.equals(wish)) return;
        stop();
        wish = now;
        driverProcess =
                now.map(section -> new DriverProcess(plan(section, state(section)), process -> show(section, process)));
    }

    @Deactivate
    void stop() {
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
