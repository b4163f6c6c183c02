package org.cobnut.upsmon;

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
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;

/**
 * The engine at work: one thread that takes readings in and hands out what the engine wants, and that waits for nothing
 * else. Everything that can hang is done by others, see {@link Sentry}, {@link Herald} and {@link Departure}.
 */
final class Watchman {
    private static final int MOST = 1024;
    private static final long TICK = 250;
    private static final long IDLE_TICK = 1000;
    /** For how long people are told of sleep at most, in milliseconds; logind waits for 5 s by default. */
    private static final long TOLD = 3000;

    /** What is known, and by which rules it is judged. */
    record Scene(State state, Settings settings, long now) {}

    private final Function<MonitorLine, Source> sources;
    private final Herald herald;
    private final Departure departure;
    private final LongSupplier nanos;
    private final Heartbeat heart;
    private final Sleep sleep;
    private final Logind logind = new Logind(System.getenv(), reading -> put(() -> take(reading)), this::settle);
    private final Runnable gone;
    private final Map<String, Told> before;
    private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(MOST);
    private final Map<String, Sentry> sentries = new LinkedHashMap<>();
    private final Thread thread;
    private State state;
    private @Nullable Conf conf;
    private volatile boolean over;
    private List<Sentry> leaving = List.of();

    /**
     * A watchman who has nothing to watch yet.
     *
     * @param sources how the UPS of a line is asked
     * @param nanos a monotonic clock
     * @param heart beats with each round
     * @param before what people were told before the start, by UPS
     * @param gone run when the logins may end because the machine goes down
     */
    Watchman(
            Function<MonitorLine, Source> sources,
            Herald herald,
            Departure departure,
            LongSupplier nanos,
            Heartbeat heart,
            Map<String, Told> before,
            Runnable gone) {
        this.sources = sources;
        this.herald = herald;
        this.departure = departure;
        this.nanos = nanos;
        this.heart = heart;
        this.sleep = new Sleep(nanos);
        this.before = Map.copyOf(before);
        this.gone = gone;
        this.state = State.start(nanos.getAsLong());
        this.thread = new Thread(this::watch, "upsmon");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Works by this configuration from now on; UPSes whose lines stay the same are watched on without a break. */
    void adopt(Conf next) {
        put(() -> take(next));
    }

    /** Asks for a line's source anew, because it is another now. */
    void renew(MonitorLine line) {
        put(() -> {
            Sentry old = sentries.get(line.ups());
            if (old == null || !(state.phase() instanceof Phase.Watching)) return;
            old.end();
            post(line);
        });
    }

    /** Has a UPS looked at now; by its name on this machine. Never blocks: what cannot be taken now is seen by a poll. */
    void stir(String ups) {
        queue.offer(() -> sentries.values().stream()
                .filter(sentry -> sentry.source() instanceof LocalSource
                        && sentry.line().address().ups().equalsIgnoreCase(ups))
                .forEach(sentry -> sentry.send(Sentry.Errand.LOOK)));
    }

    /** Tells listeners anew of each UPS that has answered, for one of them came only now. */
    void repeatAnswers() {
        put(() -> state.watches().forEach((ups, watch) -> {
            if (watch.told().isEmpty()) herald.answered(ups, watch.status().tokens());
        }));
    }

    /** Orders a forced shutdown. */
    void fsd() {
        put(() -> take(new Reading.FsdOrder()));
    }

    /** Has UPSes watched again, though SHUTDOWNCMD ended well. */
    void watchAgain() {
        put(() -> take(new Reading.WatchAgain()));
    }

    /** What is known now; nothing before there is anything to watch, or when the thread does not come round to it. */
    Optional<Scene> scene() {
        var answer = new CompletableFuture<Optional<Scene>>();
        queue.offer(() -> answer.complete(
                Optional.ofNullable(conf).map(now -> new Scene(state, now.settings(), nanos.getAsLong()))));
        return answer.completeOnTimeout(Optional.empty(), 5, TimeUnit.SECONDS).join();
    }

    /** Logs out everywhere and ends, and waits no longer than that for it. */
    void end(long millis) throws InterruptedException {
        put(() -> over = true);
        thread.join(Math.max(1, millis));
        logind.close();
        for (Sentry sentry : leaving) sentry.await(millis / Math.max(1, leaving.size()));
    }

    private void watch() {
        while (!over) {
            try {
                boolean idle = state.phase() instanceof Phase.Watching;
                Runnable task = queue.poll(idle ? IDLE_TICK : TICK, TimeUnit.MILLISECONDS);
                // First, for what waits may have been read before the machine slept or stood still.
                sleep.slept().ifPresent(this::take);
                take(new Reading.Tick());
                if (task != null) task.run();
                for (Sentry sentry : sentries.values()) sentry.missing().ifPresent(this::take);
                take(new Reading.Tick());
                heart.beat(state.phase());
            } catch (InterruptedException asked) {
                over = true;
            } catch (RuntimeException | Error unexpected) { // this thread's edge: it must go on, whatever happens
                herald.warn("upsmon met a fault of its own, and goes on: " + ErrorText.of(unexpected));
            }
        }
        heart.end();
        for (Sentry sentry : sentries.values()) sentry.end();
        leaving = new ArrayList<>(sentries.values());
        sentries.clear();
    }

    private void take(Conf next) {
        boolean first = conf == null;
        conf = next;
        departure.renew(next.delivery());
        var lines = new LinkedHashMap<String, MonitorLine>();
        next.lines().forEach(line -> lines.put(line.ups(), line));
        sentries.entrySet().removeIf(entry -> {
            boolean same = entry.getValue().line().equals(lines.get(entry.getKey()));
            if (!same) entry.getValue().end();
            return !same;
        });
        if (state.phase() instanceof Phase.Watching)
            for (MonitorLine line : next.lines()) if (!sentries.containsKey(line.ups())) post(line);
        if (first) {
            state = State.start(nanos.getAsLong(), before);
            logind.open();
        }
        take(new Reading.Tick());
    }

    private void post(MonitorLine line) {
        var sentry = new Sentry(line, sources.apply(line), (reading, asked) -> put(() -> take(reading, asked)), nanos);
        if (state.interval() > 0) sentry.every(state.interval());
        sentry.send(Sentry.Errand.LOOK);
        sentries.put(line.ups(), sentry);
        sentry.start();
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
        if (woke) sentries.values().forEach(Sentry::awake);
        for (Effect effect : step.effects()) act(effect, now);
    }

    private void act(Effect effect, Conf now) {
        if (tell(effect, now)) return;
        if (effect instanceof Effect.SetFsd fsd) send(fsd.ups(), Sentry.Errand.FSD);
        else if (effect instanceof Effect.AskLogins ask) send(ask.ups(), Sentry.Errand.COUNT);
        else if (effect instanceof Effect.PollEvery every)
            sentries.values().forEach(sentry -> sentry.every(every.seconds()));
        else if (effect instanceof Effect.PollAgain again)
            Optional.ofNullable(sentries.get(again.ups())).ifPresent(sentry -> sentry.lookIn(again.seconds()));
        else if (effect instanceof Effect.WriteFlag) departure.flag(now.delivery());
        else if (effect instanceof Effect.Shutdown) {
            departure.shutdown(
                    now.delivery(),
                    fault -> put(() -> take(new Reading.ShutdownTried(fault))),
                    () -> put(() -> take(new Reading.StayedUp())));
            logind.close(); // it need not wait for us now
        } else if (effect instanceof Effect.ClearFlag) departure.unflag();
        else if (effect instanceof Effect.WatchAfresh) afresh(now);
        else if (effect instanceof Effect.Exit) leave();
        else if (!(effect instanceof Effect.WaitForSecondaries)) throw new AssertionError(effect);
    }

    /** Whether it is something to tell. */
    private boolean tell(Effect effect, Conf now) {
        if (effect instanceof Effect.Notify notice) herald.notify(notice, now.delivery());
        else if (effect instanceof Effect.Answered first) herald.answered(first.ups(), first.status());
        else if (effect instanceof Effect.Forgot) herald.forgotten();
        else if (effect instanceof Effect.Log line) herald.log(line.text());
        else if (effect instanceof Effect.Wall wall) herald.wall(wall.text());
        else return false;
        return true;
    }

    private void send(String ups, Sentry.Errand errand) {
        Optional.ofNullable(sentries.get(ups)).ifPresent(sentry -> sentry.send(errand));
    }

    private void leave() {
        sentries.values().forEach(Sentry::end);
        gone.run();
    }

    private void afresh(Conf now) {
        sentries.values().forEach(Sentry::end);
        sentries.clear();
        now.lines().forEach(this::post);
        logind.open();
    }

    /** Returns when what is in the queue has been judged, and told to people; or soon, anyway. */
    private void settle() {
        try {
            var judged = new CountDownLatch(1);
            put(judged::countDown);
            if (judged.await(TOLD, TimeUnit.MILLISECONDS)) herald.settle(TOLD);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for room: whoever brings readings faster than they are judged is slowed down. */
    private void put(Runnable task) {
        try {
            queue.put(task);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }
}
