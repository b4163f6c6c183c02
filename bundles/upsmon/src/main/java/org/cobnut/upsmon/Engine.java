package org.cobnut.upsmon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The decisions of upsmon (upsmon(8); docs/upsmon.md tells the differences): a pure function of what was known, what
 * is read, and the monotonic clock.
 */
final class Engine {
    /** Time is told at least every second: a step that comes so late found the machine, or this process, stopped. */
    private static final int STALL = 5;
    /** Falling asleep takes no longer, and does not lose a UPS; nor does waking up, while there is no network yet. */
    private static final int DROWSY = 30;

    private static final int RISING = 10;
    /** In seconds; a machine that SHUTDOWNCMD takes down is down by then. */
    private static final int STILL_UP = 300;

    /** What somebody can do whose machine did not go down. */
    static final String WAY_BACK = "'nutctl resume', or a new start, makes it watch again";

    private static final String ENDED_WELL =
            "SHUTDOWNCMD ended well: this machine is expected to go down, and no UPS is watched any more. If it stays up: "
                    + WAY_BACK;

    private final Settings settings;
    private final long now;
    private final List<Effect> effects = new ArrayList<>();
    private final Map<String, Watch> watches;
    private final Map<String, Told> before;
    private Phase phase;
    private int interval;
    private long woke;
    private State.Rest rest;

    private Engine(State state, Settings settings, long now) {
        this.settings = settings;
        this.now = now;
        this.watches = new LinkedHashMap<>();
        this.before = new LinkedHashMap<>(state.before());
        for (String ups : settings.monitors().keySet()) {
            Watch known = state.watches().get(ups);
            Told told = before.remove(ups);
            watches.put(ups, known == null ? Watch.fresh(now, told == null ? Told.NOTHING : told) : known);
        }
        this.phase = state.phase();
        this.interval = state.interval();
        this.woke = state.woke();
        this.rest = state.rest();
    }

    /** Takes one reading in, at a moment of the monotonic clock that is no earlier than that of the step before. */
    static Step step(State state, Settings settings, Reading reading, long now) {
        var engine = new Engine(state, settings, now);
        long gap = now - state.at();
        if (gap > Nanos.seconds(STALL)) engine.wake(gap);
        engine.read(reading);
        if (engine.phase instanceof Phase.Watching) engine.judge();
        engine.proceed();
        engine.pace();
        var next =
                new State(engine.watches, engine.phase, now, engine.interval, engine.woke, engine.rest, engine.before);
        return new Step(next, engine.effects);
    }

    private void read(Reading reading) {
        if (reading instanceof Reading.Tick) return;
        boolean watching = phase instanceof Phase.Watching;
        if (reading instanceof Reading.Answer answer) {
            if (watching) watch(answer.ups(), watch -> watch.answer(answer, now, settings, effects));
        } else if (reading instanceof Reading.NoAnswer missing) {
            if (watching && !rest.quiet(now))
                watch(missing.ups(), watch -> watch.missed(missing, now, settings, effects));
        } else if (reading instanceof Reading.Login login) {
            watch(login.ups(), watch -> watch.login(login, now, settings, effects));
        } else if (reading instanceof Reading.FsdSet set) {
            fsd(set);
        } else if (reading instanceof Reading.Counted counted) {
            count(counted);
        } else if (reading instanceof Reading.FsdOrder) {
            if (watching) down("Forced shutdown was ordered");
        } else if (!departure(reading)) sleep(reading);
    }

    /** Whether it is news of SHUTDOWNCMD. */
    private boolean departure(Reading reading) {
        if (reading instanceof Reading.StayedUp) {
            stay("Shutdown failed: SHUTDOWNCMD did not work for %d s. This machine stays up, and watches again"
                    .formatted(Departure.SECONDS));
        } else if (reading instanceof Reading.WatchAgain) {
            if (phase.tried().filter(Phase.Attempt::well).isPresent())
                stay("This machine stays up, as was ordered, and watches again");
        } else if (reading instanceof Reading.ShutdownTried tried) {
            boolean well = tried.fault().isEmpty();
            if (well && phase.tried().isPresent()) effects.add(new Effect.Log(ENDED_WELL));
            phase = phase.with(new Phase.Attempt(tried.fault(), well ? now : Nanos.NEVER, Nanos.NEVER));
        } else return false;
        return true;
    }

    /** Whoever tried things out with a harmless SHUTDOWNCMD learns that nobody watches. */
    private void remind(Phase.Attempt attempt) {
        long last = attempt.told() == Nanos.NEVER ? attempt.ended() : attempt.told();
        if (!attempt.well() || !Nanos.past(last, now, STILL_UP)) return;
        String text =
                "SHUTDOWNCMD ended well %d minutes ago, but this machine is still up: upsmon watches nothing, and protects nothing. %s"
                        .formatted(Duration.ofNanos(now - attempt.ended()).toMinutes(), WAY_BACK);
        effects.add(new Effect.Log(text));
        effects.add(new Effect.Wall(text));
        phase = phase.with(new Phase.Attempt("", attempt.ended(), now));
    }

    private void sleep(Reading reading) {
        if (reading instanceof Reading.Slept slept) {
            wake(slept.nanos());
        } else if (reading instanceof Reading.Suspending) {
            rest = new State.Rest(true, now + Nanos.seconds(DROWSY));
            effects.add(settings.notice(NoticeType.SUSPEND_STARTING, ""));
        } else if (reading instanceof Reading.Resumed) {
            if (rest.begun()) rise();
        } else throw new AssertionError(reading);
    }

    private void watch(String ups, UnaryOperator<Watch> change) {
        watches.computeIfPresent(ups, (name, watch) -> change.apply(watch));
    }

    /** A machine that begins to go down goes on doing so, however long it slept. */
    private void wake(long gap) {
        if (!(phase instanceof Phase.Watching)) return;
        forget();
        if (rest.begun() && rest.quiet(now)) return; // as was announced
        effects.add(settings.notice(
                NoticeType.SUSPEND_TIMEJUMP_UNEXPECTED,
                "",
                Duration.ofNanos(gap).toSeconds() + " s"));
    }

    private void rise() {
        rest = new State.Rest(false, now + Nanos.seconds(RISING));
        effects.add(settings.notice(NoticeType.SUSPEND_FINISHED, ""));
        if (phase instanceof Phase.Watching) forget();
    }

    private void forget() {
        woke = now;
        effects.add(new Effect.Forgot());
        watches.replaceAll((ups, watch) -> watch.forget(now));
    }

    /** A machine that cannot go down keeps its power, and is protected again as far as that goes. */
    private void stay(String text) {
        if (phase.tried().isEmpty()) return;
        phase = new Phase.Watching();
        watches.replaceAll((ups, watch) -> watch.afresh(now));
        effects.add(new Effect.ClearFlag());
        effects.add(new Effect.Log(text));
        effects.add(new Effect.Wall(text));
        effects.add(new Effect.WatchAfresh());
    }

    private void judge() {
        int healthy = 0;
        for (Settings.Monitor monitor : settings.monitors().values()) {
            Watch watch = watches.get(monitor.ups());
            if (watch == null) continue;
            Watch judged = watch.judge(monitor, settings, now, effects);
            watches.put(monitor.ups(), judged);
            if (judged.critical().isEmpty()) healthy += monitor.power();
        }
        if (healthy < settings.minSupplies())
            down("Too few UPS(es) are healthy (%d<%d), initiating forced shutdown"
                    .formatted(healthy, settings.minSupplies()));
    }

    private void down(String why) {
        effects.add(new Effect.Log(why));
        if (!settings.primary()) {
            leave();
            return;
        }
        primaries().forEach(ups -> effects.add(new Effect.SetFsd(ups)));
        effects.add(new Effect.WaitForSecondaries(settings.times().hostSync()));
        primaries().forEach(ups -> effects.add(new Effect.AskLogins(ups)));
        phase = new Phase.Syncing(now, now, Map.of(), false);
    }

    private void fsd(Reading.FsdSet set) {
        if (set.accepted()) watch(set.ups(), watch -> watch.fsd(set.ups(), settings, effects));
        else effects.add(new Effect.Log("FSD of UPS [%s] could not be set: %s".formatted(set.ups(), set.reason())));
    }

    private void count(Reading.Counted counted) {
        if (!(phase instanceof Phase.Syncing syncing)) return;
        var all = new LinkedHashMap<>(syncing.counted());
        all.put(counted.ups(), counted.logins());
        phase = new Phase.Syncing(syncing.since(), syncing.asked(), all, syncing.told());
    }

    private void proceed() {
        if (phase instanceof Phase.Syncing syncing) phase = Secondaries.await(syncing, watches, settings, now, effects);
        if (phase instanceof Phase.Leaving leaving && leaving.since() == Nanos.NEVER) leave();
        if (phase instanceof Phase.Leaving leaving
                && Nanos.past(leaving.since(), now, settings.times().finalDelay())) {
            effects.add(new Effect.WriteFlag());
            effects.add(new Effect.Shutdown());
            phase = new Phase.Down(now, Phase.Attempt.NONE);
        }
        int exit = settings.times().exit();
        if (phase instanceof Phase.Down down && exit >= 0 && Nanos.past(down.since(), now, exit)) {
            effects.add(new Effect.Exit());
            phase = new Phase.Gone(down.attempt());
        }
        phase.tried().ifPresent(this::remind);
    }

    private void leave() {
        String text = "Executing automatic power-fail shutdown";
        effects.add(new Effect.Log(text));
        effects.add(new Effect.Wall(text));
        effects.add(settings.notice(NoticeType.SHUTDOWN, ""));
        phase = new Phase.Leaving(now);
    }

    private void pace() {
        boolean alert = false;
        for (Watch watch : watches.values()) alert |= watch.alert(settings);
        int wanted = alert ? alertInterval() : settings.times().poll();
        if (wanted == interval) return;
        interval = wanted;
        effects.add(new Effect.PollEvery(wanted));
    }

    /** OBLBDURATION wants to be met, not missed by a poll. */
    private int alertInterval() {
        int alert = settings.times().alert();
        int hold = settings.rules().lowBattery();
        int common = alert;
        while (hold > 0) {
            int rest = common % hold;
            common = hold;
            hold = rest;
        }
        return Math.max(1, common);
    }

    private List<String> primaries() {
        return settings.monitors().values().stream()
                .filter(Settings.Monitor::primary)
                .map(Settings.Monitor::ups)
                .toList();
    }
}
