package org.cobnut.runtime.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.cobnut.device.DeviceListener;
import org.cobnut.driver.Driver;
import org.cobnut.runtime.call.RunnerContext;
import org.cobnut.runtime.link.DeviceRegistry;
import org.cobnut.runtime.link.LinkProviders;
import org.cobnut.runtime.link.SessionLinks;
import org.cobnut.runtime.poll.DeviceRunner;
import org.cobnut.runtime.poll.DriverCounter;
import org.cobnut.runtime.record.LinkRecorders;
import org.cobnut.runtime.record.SectionRecorder;
import org.cobnut.runtime.section.CommonSettings;
import org.cobnut.runtime.section.DeviceConfig;
import org.cobnut.runtime.section.SecretOptions;
import org.cobnut.runtime.section.Section;
import org.cobnut.runtime.section.SectionFilter;
import org.cobnut.runtime.section.SectionReader;
import org.cobnut.runtime.snapshot.DriverVariables;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One section of ups.conf: waits for the driver it names, and runs on it for as long as both are there. */
@Designate(ocd = DeviceConfig.class, factory = true)
@Component(
        configurationPid = "cobnut.ups",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        service = {})
public final class Device {
    private static final Logger log = LoggerFactory.getLogger(Device.class);

    /** How long bundles may take to come before a driver counts as missing. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private final DriverThreads workers;
    private final RunnerContext engine;
    private final CommonSettings defaults;
    private final LinkProviders links;
    private final DeviceRegistry registry;
    private final SecretOptions passwords;
    private final BundleContext context;
    private final Runnable follower = this::commonChanged;
    private final Runnable retry = this::openNow;
    private final DriverDirectory drivers;
    private final List<DeviceListener> listeners = new CopyOnWriteArrayList<>();

    private final DriverCounter counter = new DriverCounter();
    private final SectionFilter duty;
    private final ProcessHandover handover;
    private final SectionRecorder recorder;
    private final Runnable withdrawRecorder;

    private volatile Section section;
    private volatile String isolation;
    private boolean ours;
    private @Nullable DriverBinding attachment;
    private @Nullable Future<?> missing;
    private CompletableFuture<Void> freed = CompletableFuture.completedFuture(null);
    private boolean stopped;

    @Activate
    public Device(
            @Reference DriverThreads workers,
            @Reference DriverDirectory drivers,
            @Reference CommonSettings defaults,
            @Reference LinkProviders links,
            @Reference DeviceRegistry registry,
            @Reference SecretOptions passwords,
            @Reference LinkRecorders recorders,
            BundleContext context,
            DeviceConfig config,
            Map<String, Object> properties) {
        this.workers = workers;
        this.drivers = drivers;
        this.engine = workers.engine();
        this.defaults = defaults;
        this.links = links;
        this.registry = registry;
        this.context = context;
        this.passwords = passwords;
        section = SectionReader.read(config, properties, passwords);
        duty = SectionFilter.of(context);
        handover = new ProcessHandover(context);
        isolation = config.isolation();
        ours = duty.holds(config);
        recorder = new SectionRecorder(section.ups(), folder("cobnut.statepath"), recorders, this::reopen);
        recorder.configure(ours ? section.record() : Optional.empty());
        withdrawRecorder = recorders.offer(recorder, section.ups());
        expectDriver();
        defaults.follow(follower);
    }

    /** Takes part from now on: those who listen are known by now. */
    @Activate
    void begin() {
        workers.devices().add(this);
        choose();
    }

    /** A driver has come, or is offered otherwise. */
    void driverChanged(ServiceReference<Driver> driver) {
        if (concernedBy(driver)) choose();
    }

    /** Whether that driver is the one of this section, or was until now. */
    synchronized boolean concernedBy(ServiceReference<Driver> driver) {
        return drivers.offers(driver, section.driver())
                || handover.covers(driver)
                || (attachment != null && attachment.driver().equals(driver));
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addListener(DeviceListener listener) {
        listeners.add(listener);
    }

    void removeListener(DeviceListener listener) {
        listeners.remove(listener);
    }

    @Modified
    void modified(DeviceConfig config, Map<String, Object> properties) {
        reconfigure(SectionReader.read(config, properties, passwords), config.isolation(), duty.holds(config));
    }

    @Deactivate
    void stop() {
        workers.devices().remove(this);
        defaults.forget(follower);
        links.forget(retry);
        withdrawRecorder.run();
        end();
        if (context.getBundle().getState() == Bundle.STOPPING)
            workers.devices().forEach(Device::end); // their turn comes anyhow
        awaitFreed();
        recorder.close();
    }

    private synchronized void end() {
        if (stopped) return;
        stopped = true;
        if (missing != null) missing.cancel(false);
        handover.end();
        run(Optional.empty());
    }

    private synchronized void reconfigure(Section now, String isolationNow, boolean oursNow) {
        if (stopped) return;
        Section before = section;
        boolean same = now.runsAs(before) && handover.applies(isolationNow) == handover.applies(isolation);
        if (!same) handover.end();
        section = now;
        isolation = isolationNow;
        ours = oursNow;
        recorder.configure(ours ? section.record() : Optional.empty());
        if (!now.driver().equals(before.driver())) expectDriver();
        DriverBinding running = attachment;
        if (best().filter(handover::covers).isPresent()) return;
        if (running == null || !ours || !same) run(best());
        else {
            running.runner().common(defaults.common().over(now));
            if (!now.description().equals(before.description())) running.describe(now);
        }
    }

    private synchronized void commonChanged() {
        if (attachment != null) attachment.runner().common(defaults.common().over(section));
    }

    private synchronized void openNow() {
        if (attachment != null) attachment.runner().start();
    }

    synchronized void choose() {
        if (stopped) return;
        Optional<ServiceReference<Driver>> best = best();
        if (best.filter(handover::covers).isPresent()) return;
        handover.end(); // its driver is another one, or none
        Optional<ServiceReference<Driver>> running =
                Optional.ofNullable(attachment).map(DriverBinding::driver);
        if (best.equals(running)) return;
        if (best.isEmpty()) log.warn("{}: its driver has gone; the device waits for it to come back", section);
        run(best);
    }

    private synchronized void expectDriver() {
        if (missing != null) missing.cancel(false);
        missing = engine.after(SETTLED, this::tellMissing);
    }

    private synchronized void tellMissing() {
        if (!ours || attachment != null || stopped || handover.isBegun()) return;
        log.warn("{}: no bundle offers this driver; {}", section, KnownDrivers.advice(section.driver(), jars()));
    }

    private Path jars() {
        String home = context.getProperty("cobnut.home");
        return Path.of(home == null ? "" : home).resolve("drivers");
    }

    /** The driver of the section; none for one that is not ours. */
    private Optional<ServiceReference<Driver>> best() {
        return ours ? drivers.best(section.driver()) : Optional.empty();
    }

    /** Whether a link that this driver opens belongs into another process; the section is left to that one then. */
    private synchronized boolean leaves(ServiceReference<Driver> driver) {
        if (!handover.applies(isolation)) return false;
        if (stopped || attachment == null || !attachment.driver().equals(driver)) return true;
        run(Optional.empty());
        handover.begin(section.ups(), driver);
        return true;
    }

    /** Shows the device on its new driver at once, and opens it as soon as the old one has let go of the port. */
    private void run(Optional<ServiceReference<Driver>> driver) {
        DriverBinding before = attachment;
        if (before != null)
            freed = CompletableFuture.allOf(freed, before.close().toCompletableFuture());
        DriverBinding after = driver.map(this::attachment).orElse(null);
        attachment = after;
        if (after != null) after.start(freed);
    }

    private DriverBinding attachment(ServiceReference<Driver> driver) {
        CommonSettings.Values common = defaults.common().over(section);
        var driverVariables = new DriverVariables(section, common, version(driver));
        var user = new SessionLinks.User(
                section.ups(),
                section.driver(),
                this::namedByOthers,
                section.noLock(),
                folder("cobnut.confpath"),
                recorder,
                () -> leaves(driver));
        var opener = new ServiceOpener(
                context,
                driver,
                section,
                settings -> recorder.opening(section.driver(), settings),
                wake -> new SessionLinks(links, registry, user, wake, retry));
        var runner = new DeviceRunner(engine, driverVariables, common.pause(), opener, listeners, counter);
        return new DriverBinding(driver, runner, section);
    }

    /** Whether another section names a port, by whatever name it has. */
    private boolean namedByOthers(String port) {
        return workers.devices().stream()
                .filter(device -> device != this)
                .anyMatch(device -> samePort(device.section.port(), port));
    }

    private static boolean samePort(String one, String other) {
        if (one.equals(other)) return true;
        try {
            return one.startsWith("/") && other.startsWith("/") && Files.isSameFile(Path.of(one), Path.of(other));
        } catch (IOException | InvalidPathException gone) {
            return false;
        }
    }

    private Path folder(String property) {
        String path = context.getProperty(property);
        return Path.of(path == null ? "" : path);
    }

    private synchronized void reopen() throws IOException {
        if (attachment == null)
            throw new IOException(
                    ours
                            ? "[" + section.ups() + "] has no driver here"
                            : "[" + section.ups() + "] is run by another process; say record = FILE in its section");
        run(best());
    }

    void awaitFreed() {
        CompletableFuture<Void> awaited;
        synchronized (this) {
            awaited = freed;
        }
        try {
            if (!awaited.isDone()) workers.closing().await(awaited);
        } catch (TimeoutException e) {
            log.warn("{}: its session is not closed yet; nobody waits for it any more", section);
        } catch (ExecutionException e) {
            log.error("UPS [{}]: closing failed", section.ups(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String version(ServiceReference<Driver> driver) {
        if (driver.getProperty(Driver.VERSION) instanceof String version) return version;
        return driver.getBundle() == null ? "" : driver.getBundle().getVersion().toString();
    }
}
