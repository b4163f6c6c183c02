package org.cobnut.runtime;

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
import org.cobnut.testkit.ManualClock;
import org.cobnut.testkit.ManualScheduler;
import org.jspecify.annotations.Nullable;

/** A device under test in time that stands still; it polls every two seconds. */
final class Bench implements AutoCloseable {
    final ManualClock clock = new ManualClock();
    final ManualScheduler timers = new ManualScheduler(clock);
    final Gadget gadget = new Gadget();
    final List<Snapshot> heard = Collections.synchronizedList(new ArrayList<>());
    final List<DeviceListener> listeners = new ArrayList<>();
    final StallWatchdog watch = new StallWatchdog();
    final DeviceRunner runner;
    final RunningDevice device;
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
                new DriverVariables(section, new DriverVariables.Common(2, "auto", 0).over(section), "0.1");
        listeners.add((ups, before, after) -> heard.add(after));
        runner = new DeviceRunner(
                engine, driverVariables, Duration.ofSeconds(2), opener == null ? gadget : opener, listeners);
        device = new RunningDevice(runner, section);
    }

    /** Everything runs on the test's own thread. */
    static Bench inline() {
        return new Bench(false, section(), null);
    }

    static Bench inline(Section section) {
        return new Bench(false, section, null);
    }

    /** The driver has threads of its own to be stuck in; time is still the test's. */
    static Bench threaded() {
        return new Bench(true, section(), null);
    }

    /** The same, opened by something else than the gadget. */
    static Bench threaded(Opener opener) {
        return new Bench(true, section(), opener);
    }

    static Section section(String... options) {
        return section(false, options);
    }

    static Section section(boolean ignoreLowBattery, String... options) {
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

    Bench start() {
        runner.start();
        return this;
    }

    Bench seconds(double seconds) {
        timers.advance(Duration.ofNanos((long) (seconds * 1e9)));
        return this;
    }

    Health health() {
        return device.snapshot().health();
    }

    String value(String name) {
        return device.snapshot().value(name).orElse("(none)");
    }

    /** What each change showed, in order. */
    List<String> healths() {
        synchronized (heard) {
            return heard.stream()
                    .map(snapshot -> snapshot.health().getClass().getSimpleName())
                    .toList();
        }
    }

    static Outcome outcome(CompletionStage<Outcome> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    static Map<String, String> values(Snapshot snapshot) {
        var values = new java.util.TreeMap<String, String>();
        snapshot.variables().forEach((name, variable) -> values.put(name, variable.value()));
        return values;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
