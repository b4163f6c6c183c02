package org.cobnut.upsmon.monitor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.cobnut.upsmon.config.Conf;
import org.cobnut.upsmon.config.MonitorLine;
import org.cobnut.upsmon.engine.Effect;
import org.cobnut.upsmon.engine.Engine;
import org.cobnut.upsmon.engine.NotifiedState;
import org.cobnut.upsmon.engine.Phase;
import org.cobnut.upsmon.engine.Reading;
import org.cobnut.upsmon.engine.Settings;
import org.cobnut.upsmon.engine.State;
import org.cobnut.upsmon.engine.Step;
import org.cobnut.upsmon.notify.NotificationDispatcher;
import org.cobnut.upsmon.shutdown.ShutdownExecutor;
import org.cobnut.upsmon.source.LocalSource;
import org.cobnut.upsmon.source.LogindWatcher;
import org.cobnut.upsmon.source.SleepDetector;
import org.cobnut.upsmon.source.Source;
import org.cobnut.upsmon.source.UpsPoller;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;

/**
 * Runs the engine: one thread that feeds it readings and carries out its effects, and that never waits for anything
 * else. What can hang runs on other threads: see {@link UpsPoller}, {@link NotificationDispatcher} and {@link
 * ShutdownExecutor}.
 */
final class UpsMonitor {
    private static final int MOST = 1024;
    private static final long TICK = 250;
    private static final long IDLE_TICK = 1000;
    /** Most milliseconds for the notices before sleep; logind waits for 5 s by default. */
    private static final long TOLD = 3000;

    /** The state of the engine, its settings, and the time on the monotonic clock. */
    record View(State state, Settings settings, long now) {}

    private final Function<MonitorLine, Source> sources;
    private final NotificationDispatcher dispatcher;
    private final ShutdownExecutor shutdownExecutor;
    private final LongSupplier nanos;
    private final Heartbeat heart;
    private final SleepDetector sleep;
    private final LogindWatcher logind =
            new LogindWatcher(System.getenv(), reading -> put(() -> take(reading)), this::settle);
    private final Runnable gone;
    private final Map<String, NotifiedState> before;
    private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(MOST);
    private final Map<String, UpsPoller> pollers = new LinkedHashMap<>();
    private final Thread thread;
    private State state;
    private @Nullable Conf conf;
    private volatile boolean over;
    private List<UpsPoller> leaving = List.of();

    /**
     * A monitor without a configuration.
     *
     * @param sources opens the source of a MONITOR line
     * @param nanos a monotonic clock
     * @param heart beats with each round of the thread
     * @param before what was notified before the start, by UPS
     * @param gone runs when the logins may end because the machine shuts down
     */
    UpsMonitor(
            Function<MonitorLine, Source> sources,
            NotificationDispatcher dispatcher,
            ShutdownExecutor shutdownExecutor,
            LongSupplier nanos,
            Heartbeat heart,
            Map<String, NotifiedState> before,
            Runnable gone) {
        this.sources = sources;
        this.dispatcher = dispatcher;
        this.shutdownExecutor = shutdownExecutor;
        this.nanos = nanos;
        this.heart = heart;
        this.sleep = new SleepDetector(nanos);
        this.before = Map.copyOf(before);
        this.gone = gone;
        this.state = State.start(nanos.getAsLong());
        this.thread = new Thread(this::run, "upsmon");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Applies a configuration; UPSes whose lines stay the same are polled on without a break. */
    void adopt(Conf next) {
        put(() -> take(next));
    }

    /** Opens the source of a line anew. */
    void renew(MonitorLine line) {
        put(() -> {
            UpsPoller old = pollers.get(line.ups());
            if (old == null || !(state.phase() instanceof Phase.Monitoring)) return;
            old.end();
            startPoller(line);
        });
    }

    /**
     * Polls a UPS of this process now. Never blocks: what does not fit into the queue is seen by the next regular poll.
     */
    void pollNow(String ups) {
        queue.offer(() -> pollers.values().stream()
                .filter(poller -> poller.source() instanceof LocalSource
                        && poller.line().address().ups().equalsIgnoreCase(ups))
                .forEach(poller -> poller.request(UpsPoller.Task.POLL)));
    }

    /** Reports each UPS that has answered once more, for a listener that came late. */
    void repeatAnswers() {
        put(() -> state.upses().forEach((ups, upsState) -> {
            if (upsState.notified().isEmpty())
                dispatcher.answered(ups, upsState.status().tokens());
        }));
    }

    /** Starts a forced shutdown. */
    void fsd() {
        put(() -> take(new Reading.FsdRequested()));
    }

    /** Monitors UPSes again after SHUTDOWNCMD ended well. */
    void watchAgain() {
        put(() -> take(new Reading.ResumeMonitoring()));
    }

    /** The state now; empty without a configuration, and when the thread does not answer in time. */
    Optional<View> view() {
        var answer = new CompletableFuture<Optional<View>>();
        queue.offer(() -> answer.complete(
                Optional.ofNullable(conf).map(now -> new View(state, now.settings(), nanos.getAsLong()))));
        return answer.completeOnTimeout(Optional.empty(), 5, TimeUnit.SECONDS).join();
    }

    /** Logs out everywhere and ends; waits no longer than this. */
    void end(long millis) throws InterruptedException {
        put(() -> over = true);
        thread.join(Math.max(1, millis));
        logind.close();
        for (UpsPoller poller : leaving) poller.await(millis / Math.max(1, leaving.size()));
    }

    private void run() {
        while (!over) {
            try {
                boolean idle = state.phase() instanceof Phase.Monitoring;
                Runnable task = queue.poll(idle ? IDLE_TICK : TICK, TimeUnit.MILLISECONDS);
                // Before the task, because the task may hold a reading from before the machine slept or stood still.
                sleep.slept().ifPresent(this::take);
                take(new Reading.Tick());
                if (task != null) task.run();
                for (UpsPoller poller : pollers.values()) poller.overdue().ifPresent(this::take);
                take(new Reading.Tick());
                heart.beat(state.phase());
            } catch (InterruptedException asked) {
                over = true;
            } catch (RuntimeException | Error unexpected) { // this thread's edge: it must go on, whatever happens
                dispatcher.warn("upsmon has an internal fault, and goes on: " + ErrorText.of(unexpected));
            }
        }
        heart.end();
        for (UpsPoller poller : pollers.values()) poller.end();
        leaving = new ArrayList<>(pollers.values());
        pollers.clear();
    }

    private void take(Conf next) {
        boolean first = conf == null;
        conf = next;
        shutdownExecutor.renew(next.effectSettings());
        var lines = new LinkedHashMap<String, MonitorLine>();
        next.lines().forEach(line -> lines.put(line.ups(), line));
        pollers.entrySet().removeIf(entry -> {
            boolean same = entry.getValue().line().equals(lines.get(entry.getKey()));
            if (!same) entry.getValue().end();
            return !same;
        });
        if (state.phase() instanceof Phase.Monitoring)
            for (MonitorLine line : next.lines()) if (!pollers.containsKey(line.ups())) startPoller(line);
        if (first) {
            state = State.start(nanos.getAsLong(), before);
            logind.open();
        }
        take(new Reading.Tick());
    }

    private void startPoller(MonitorLine line) {
        var poller =
                new UpsPoller(line, sources.apply(line), (reading, asked) -> put(() -> take(reading, asked)), nanos);
        if (state.interval() > 0) poller.pollEvery(state.interval());
        poller.request(UpsPoller.Task.POLL);
        pollers.put(line.ups(), poller);
        poller.start();
    }

    private void take(Reading reading, long asked) {
        boolean said = reading instanceof Reading.Answer || reading instanceof Reading.NoAnswer;
        if (!said || !state.outlived(asked)) take(reading);
    }

    private void take(Reading reading) {
        Conf now = conf;
        if (now == null) return;
        Step step = Engine.step(state, now.settings(), reading, nanos.getAsLong());
        boolean woke = step.next().woke() != state.woke();
        state = step.next();
        if (woke) pollers.values().forEach(UpsPoller::afterSleep);
        for (Effect effect : step.effects()) act(effect, now);
    }

    private void act(Effect effect, Conf now) {
        if (tell(effect, now)) return;
        if (effect instanceof Effect.SetFsd fsd) request(fsd.ups(), UpsPoller.Task.SET_FSD);
        else if (effect instanceof Effect.AskLogins ask) request(ask.ups(), UpsPoller.Task.COUNT_LOGINS);
        else if (effect instanceof Effect.PollEvery every)
            pollers.values().forEach(poller -> poller.pollEvery(every.seconds()));
        else if (effect instanceof Effect.PollAgain again)
            Optional.ofNullable(pollers.get(again.ups())).ifPresent(poller -> poller.pollWithin(again.seconds()));
        else if (effect instanceof Effect.WriteFlag) shutdownExecutor.flag(now.effectSettings());
        else if (effect instanceof Effect.Shutdown) {
            shutdownExecutor.shutdown(
                    now.effectSettings(),
                    fault -> put(() -> take(new Reading.ShutdownTried(fault))),
                    () -> put(() -> take(new Reading.ShutdownFailed())));
            logind.close(); // it need not wait for us now
        } else if (effect instanceof Effect.ClearFlag) shutdownExecutor.unflag();
        else if (effect instanceof Effect.RestartMonitoring) afresh(now);
        else if (effect instanceof Effect.Exit) leave();
        else if (!(effect instanceof Effect.WaitForSecondaries)) throw new AssertionError(effect);
    }

    /** Carries out an effect that notifies; false for any other effect. */
    private boolean tell(Effect effect, Conf now) {
        if (effect instanceof Effect.Notify notice) dispatcher.notify(notice, now.effectSettings());
        else if (effect instanceof Effect.Answered first) dispatcher.answered(first.ups(), first.status());
        else if (effect instanceof Effect.StateReset) dispatcher.forgotten();
        else if (effect instanceof Effect.Log line) dispatcher.log(line.text());
        else if (effect instanceof Effect.Wall wall) dispatcher.wall(wall.text());
        else return false;
        return true;
    }

    private void request(String ups, UpsPoller.Task task) {
        Optional.ofNullable(pollers.get(ups)).ifPresent(poller -> poller.request(task));
    }

    private void leave() {
        pollers.values().forEach(UpsPoller::end);
        gone.run();
    }

    private void afresh(Conf now) {
        pollers.values().forEach(UpsPoller::end);
        pollers.clear();
        now.lines().forEach(this::startPoller);
        logind.open();
    }

    /** Waits until the queue is processed and notices are delivered, or until the time is up. */
    private void settle() {
        try {
            var judged = new CountDownLatch(1);
            put(judged::countDown);
            if (judged.await(TOLD, TimeUnit.MILLISECONDS)) dispatcher.settle(TOLD);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Adds a task, and waits for room in the queue: sources that bring readings faster than the engine takes them are
     * slowed down.
     */
    private void put(Runnable task) {
        try {
            queue.put(task);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }
}
