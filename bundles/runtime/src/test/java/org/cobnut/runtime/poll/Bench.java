package org.cobnut.runtime.poll;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.cobnut.device.DeviceListener;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.cobnut.runtime.call.DriverThreadPool;
import org.cobnut.runtime.call.RunnerContext;
import org.cobnut.runtime.call.StallWatchdog;
import org.cobnut.runtime.section.CommonSettings;
import org.cobnut.runtime.section.Section;
import org.cobnut.runtime.snapshot.DriverVariables;
import org.cobnut.testkit.time.ManualClock;
import org.cobnut.testkit.time.ManualScheduler;
import org.jspecify.annotations.Nullable;

/** A device under test in time that stands still; it polls every two seconds. */
public final class Bench implements AutoCloseable {
    public final ManualClock clock = new ManualClock();
    public final ManualScheduler timers = new ManualScheduler(clock);
    public final Gadget gadget = new Gadget();
    public final List<Snapshot> heard = Collections.synchronizedList(new ArrayList<>());
    public final List<DeviceListener> listeners = new ArrayList<>();
    public final StallWatchdog watch = new StallWatchdog();
    public final DeviceRunner runner;
    public final RunningDevice device;
    private final ExecutorService threads = Executors.newCachedThreadPool(DriverThreadPool.thread("bench-"));

    private Bench(boolean threaded, Section section, @Nullable Opener opener) {
        Executor executor = threaded ? threads : Runnable::run;
        var engine = new RunnerContext(
                executor,
                executor,
                executor,
                change -> {},
                timers,
                watch,
                ConcurrentHashMap.newKeySet(),
                clock,
                clock::nanos);
        var driverVariables =
                new DriverVariables(section, new CommonSettings.Values(2, "auto", 0).over(section), "0.1");
        listeners.add((ups, before, after) -> heard.add(after));
        runner = new DeviceRunner(
                engine,
                driverVariables,
                Duration.ofSeconds(2),
                opener == null ? gadget : opener,
                listeners,
                new DriverCounter());
        device = new RunningDevice(runner, section);
    }

    /** Everything runs on the test's own thread. */
    public static Bench inline() {
        return new Bench(false, section(), null);
    }

    public static Bench inline(Section section) {
        return new Bench(false, section, null);
    }

    /** The driver has threads of its own to be stuck in; time is still the test's. */
    public static Bench threaded() {
        return new Bench(true, section(), null);
    }

    /** The same, opened by something else than the gadget. */
    public static Bench threaded(Opener opener) {
        return new Bench(true, section(), opener);
    }

    public static Section section(String... options) {
        return section(false, options);
    }

    public static Section section(boolean ignoreLowBattery, String... options) {
        return new Section(
                "ups1",
                "gadget",
                "/dev/null",
                "",
                0,
                "",
                -1,
                ignoreLowBattery,
                false,
                false,
                List.of(),
                Section.options(options),
                "ups.conf:3");
    }

    public Bench start() {
        runner.start();
        return this;
    }

    public Bench seconds(double seconds) {
        timers.advance(Duration.ofNanos((long) (seconds * 1e9)));
        return this;
    }

    public Health health() {
        return device.snapshot().health();
    }

    public String value(String name) {
        return device.snapshot().value(name).orElse("(none)");
    }

    /** What each change showed, in order. */
    public List<String> healths() {
        synchronized (heard) {
            return heard.stream()
                    .map(snapshot -> snapshot.health().getClass().getSimpleName())
                    .toList();
        }
    }

    public static Outcome outcome(CompletionStage<Outcome> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    public static Map<String, String> values(Snapshot snapshot) {
        var values = new java.util.TreeMap<String, String>();
        snapshot.variables().forEach((name, variable) -> values.put(name, variable.value()));
        return values;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
