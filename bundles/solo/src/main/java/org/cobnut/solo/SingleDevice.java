package org.cobnut.solo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cobnut.device.DeviceListener;
import org.cobnut.device.DeviceService;
import org.cobnut.lifecycle.ProgramControl;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the one device of a driver's program for its first reading. As with NUT's drivers, a device that cannot be
 * opened at the start ends the program with an error; an open device without values yet serves, and one that is lost
 * later is opened again for as long as it takes.
 */
@Component(service = DeviceListener.class, immediate = true)
public final class SingleDevice implements DeviceListener {
    private static final Logger log = LoggerFactory.getLogger(SingleDevice.class);
    private static final String INTERVAL = "driver.parameter.pollinterval";

    /** How long a device that has no true values yet is waited for before something is done to it even so. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String ups;
    private final DriverTask task;
    private final Runnable failed;
    private final Runnable serving;
    private final Runnable done;
    private final PrintStream out;
    private final CompletableFuture<DeviceService> device = new CompletableFuture<>();
    private boolean told;
    private boolean begun;

    /** Does as the framework's properties say. */
    @Activate
    public SingleDevice(BundleContext context, @Reference ProgramControl program) {
        this(
                String.valueOf(context.getProperty("cobnut.ups")),
                DriverTask.of(properties(context)),
                program::fail,
                program::serving,
                program::finish,
                System.out);
    }

    SingleDevice(String ups, DriverTask task, Runnable failed, Runnable serving, Runnable done, PrintStream out) {
        this.ups = ups;
        this.task = task;
        this.failed = failed;
        this.serving = serving;
        this.done = done;
        this.out = out;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDevice(DeviceService added, Map<String, ?> properties) {
        if (ups.equals(properties.get(DeviceService.NAME))) device.complete(added);
    }

    void removeDevice(DeviceService removed) {
        log.debug("{} has gone", removed);
    }

    /** Devices on which ours stands change, too. */
    @Override
    public void changed(String name, Snapshot before, Snapshot after) {
        Health health = after.health();
        if (!ups.equals(name) || health instanceof Health.Starting) return;
        boolean open = health instanceof Health.Fresh || health instanceof Health.Stale;
        if (first() && !open) {
            log.error("Fatal error: UPS [{}]: {}", ups, health.reason());
            failed.run();
        } else if (health instanceof Health.Fresh
                || (health instanceof Health.Stale && task instanceof DriverTask.Serve)) begin(after);
        else if (health instanceof Health.Stale) later(PATIENCE, () -> begin(after));
    }

    /** Does what is to be done, once. */
    private void begin(Snapshot now) {
        synchronized (this) {
            if (begun) return;
            begun = true;
        }
        if (task instanceof DriverTask.Serve) serving.run();
        else if (task instanceof DriverTask.Killpower) device.thenAccept(this::switchOff);
        else if (task instanceof DriverTask.Dump dump) later(pause(now, dump), () -> device.thenAccept(this::print));
        else throw new AssertionError(task);
    }

    /** Tells whether this is the first that is known of the device. */
    private synchronized boolean first() {
        boolean first = !told;
        told = true;
        return first;
    }

    private static void later(Duration delay, Runnable what) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                .execute(what);
    }

    private void switchOff(DeviceService service) {
        log.warn("Initiating UPS shutdown");
        service.set("driver.flag.allow_killpower", "1")
                .thenCompose(allowed -> service.run("driver.killpower", ""))
                .thenAccept(outcome -> {
                    if (outcome.code() == Outcome.Code.HANDLED) done.run();
                    else {
                        log.error("Fatal error: shutdown not supported: {}", outcome.reason());
                        failed.run();
                    }
                });
    }

    private void print(DeviceService service) {
        service.snapshot().variables().forEach((name, variable) -> out.println(name + ": " + variable.value()));
        out.flush();
        done.run();
    }

    private static Duration pause(Snapshot now, DriverTask.Dump dump) {
        var interval = now.variables().get(INTERVAL);
        long seconds = interval != null && interval.value().matches("\\d{1,9}") ? Long.parseLong(interval.value()) : 2;
        return Duration.ofSeconds(seconds).multipliedBy(dump.updates() - 1L);
    }

    private static Map<String, String> properties(BundleContext context) {
        var all = new HashMap<String, String>();
        for (var name : new String[] {"cobnut.driver.dump", "cobnut.driver.killpower"}) {
            @Nullable String value = context.getProperty(name);
            if (value != null) all.put(name, value);
        }
        return all;
    }
}
