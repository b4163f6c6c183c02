package org.cobnut.upsmon.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.cobnut.upsmon.NoticeType;
import org.cobnut.upsmon.time.Nanos;

/**
 * The decisions of upsmon (upsmon(8); docs/upsmon.md has the differences): a pure function of the state, a reading and
 * the monotonic clock.
 */
public final class Engine {
    /** For how many seconds SHUTDOWNCMD is run again while it fails. */
    public static final int RETRY_SECONDS = 300;

    /**
     * Readings come at least every second: a step this many seconds late shows that the machine or this process stood
     * still.
     */
    private static final int STALL = 5;
    /**
     * Seconds for which a UPS that does not answer is not lost: while the machine falls asleep, and after it wakes up,
     * when the network may be missing.
     */
    private static final int DROWSY = 30;

    private static final int RISING = 10;
    /** Seconds after which a machine whose SHUTDOWNCMD ended well should be down. */
    private static final int STILL_UP = 300;

    /** What to do when the machine did not shut down. */
    public static final String WAY_BACK = "'nutctl resume', or a new start, makes it watch again";

    private static final String ENDED_WELL =
            "SHUTDOWNCMD ended well: this machine is expected to go down, and no UPS is watched any more. If it stays up: "
                    + WAY_BACK;

    private final Settings settings;
    private final long now;
    private final List<Effect> effects = new ArrayList<>();
    private final Map<String, UpsState> upses;
    private final Map<String, NotifiedState> before;
    private Phase phase;
    private int interval;
    private long woke;
    private State.SleepState rest;

    private Engine(State state, Settings settings, long now) {
        this.settings = settings;
        this.now = now;
        this.upses = new LinkedHashMap<>();
        this.before = new LinkedHashMap<>(state.before());
        for (String ups : settings.monitors().keySet()) {
            UpsState known = state.upses().get(ups);
            NotifiedState notified = before.remove(ups);
            upses.put(
                    ups,
                    known == null ? UpsState.fresh(now, notified == null ? NotifiedState.NOTHING : notified) : known);
        }
        this.phase = state.phase();
        this.interval = state.interval();
        this.woke = state.woke();
        this.rest = state.rest();
    }

    /** Takes one reading, at a time of the monotonic clock that is not before that of the last step. */
    public static Step step(State state, Settings settings, Reading reading, long now) {
        var engine = new Engine(state, settings, now);
        long gap = now - state.at();
        if (gap > Nanos.seconds(STALL)) engine.wake(gap);
        engine.read(reading);
        if (engine.phase instanceof Phase.Monitoring) engine.judge();
        engine.proceed();
        engine.pace();
        var next = new State(engine.upses, engine.phase, now, engine.interval, engine.woke, engine.rest, engine.before);
        return new Step(next, engine.effects);
    }

    private void read(Reading reading) {
        if (reading instanceof Reading.Tick) return;
        boolean watching = phase instanceof Phase.Monitoring;
        if (reading instanceof Reading.Answer answer) {
            if (watching) update(answer.ups(), upsState -> upsState.answer(answer, now, settings, effects));
        } else if (reading instanceof Reading.NoAnswer missing) {
            if (watching && !rest.quiet(now))
                update(missing.ups(), upsState -> upsState.missed(missing, now, settings, effects));
        } else if (reading instanceof Reading.Login login) {
            update(login.ups(), upsState -> upsState.login(login, now, settings, effects));
        } else if (reading instanceof Reading.FsdSet set) {
            fsd(set);
        } else if (reading instanceof Reading.LoginsCounted counted) {
            count(counted);
        } else if (reading instanceof Reading.FsdRequested) {
            if (watching) down("Forced shutdown was ordered");
        } else if (!shutdownNews(reading)) sleep(reading);
    }

    /** Takes a reading about SHUTDOWNCMD; false for any other reading. */
    private boolean shutdownNews(Reading reading) {
        if (reading instanceof Reading.ShutdownFailed) {
            stay("Shutdown failed: SHUTDOWNCMD did not work for %d s. This machine stays up, and watches again"
                    .formatted(RETRY_SECONDS));
        } else if (reading instanceof Reading.ResumeMonitoring) {
            if (phase.tried().filter(Phase.Attempt::well).isPresent())
                stay("This machine stays up, as was ordered, and watches again");
        } else if (reading instanceof Reading.ShutdownTried tried) {
            boolean well = tried.fault().isEmpty();
            if (well && phase.tried().isPresent()) effects.add(new Effect.Log(ENDED_WELL));
            phase = phase.with(new Phase.Attempt(tried.fault(), well ? now : Nanos.NEVER, Nanos.NEVER));
        } else return false;
        return true;
    }

    /**
     * Reminds people that upsmon does not monitor any more although the machine is up, for example after a test with a
     * harmless SHUTDOWNCMD.
     */
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
            rest = new State.SleepState(true, now + Nanos.seconds(DROWSY));
            effects.add(settings.notice(NoticeType.SUSPEND_STARTING, ""));
        } else if (reading instanceof Reading.Resumed) {
            if (rest.begun()) rise();
        } else throw new AssertionError(reading);
    }

    private void update(String ups, UnaryOperator<UpsState> change) {
        upses.computeIfPresent(ups, (name, upsState) -> change.apply(upsState));
    }

    /** Handles sleep that was noticed. A shutdown that has begun goes on, however long the machine slept. */
    private void wake(long gap) {
        if (!(phase instanceof Phase.Monitoring)) return;
        forget();
        if (rest.begun() && rest.quiet(now)) return; // as was announced
        effects.add(settings.notice(
                NoticeType.SUSPEND_TIMEJUMP_UNEXPECTED,
                "",
                Duration.ofNanos(gap).toSeconds() + " s"));
    }

    private void rise() {
        rest = new State.SleepState(false, now + Nanos.seconds(RISING));
        effects.add(settings.notice(NoticeType.SUSPEND_FINISHED, ""));
        if (phase instanceof Phase.Monitoring) forget();
    }

    private void forget() {
        woke = now;
        effects.add(new Effect.StateReset());
        upses.replaceAll((ups, upsState) -> upsState.forget(now));
    }

    /** Goes back to monitoring: a machine that stays up keeps its power and its protection. */
    private void stay(String text) {
        if (phase.tried().isEmpty()) return;
        phase = new Phase.Monitoring();
        upses.replaceAll((ups, upsState) -> upsState.afresh(now));
        effects.add(new Effect.ClearFlag());
        effects.add(new Effect.Log(text));
        effects.add(new Effect.Wall(text));
        effects.add(new Effect.RestartMonitoring());
    }

    private void judge() {
        int healthy = 0;
        for (Settings.Monitor monitor : settings.monitors().values()) {
            UpsState upsState = upses.get(monitor.ups());
            if (upsState == null) continue;
            UpsState judged = upsState.judge(monitor, settings, now, effects);
            upses.put(monitor.ups(), judged);
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
        if (set.accepted()) update(set.ups(), upsState -> upsState.fsd(set.ups(), settings, effects));
        else effects.add(new Effect.Log("FSD of UPS [%s] could not be set: %s".formatted(set.ups(), set.reason())));
    }

    private void count(Reading.LoginsCounted counted) {
        if (!(phase instanceof Phase.Syncing syncing)) return;
        var all = new LinkedHashMap<>(syncing.counted());
        all.put(counted.ups(), counted.logins());
        phase = new Phase.Syncing(syncing.since(), syncing.asked(), all, syncing.told());
    }

    private void proceed() {
        if (phase instanceof Phase.Syncing syncing) phase = HostSync.await(syncing, upses, settings, now, effects);
        if (phase instanceof Phase.FinalDelay leaving && leaving.since() == Nanos.NEVER) leave();
        if (phase instanceof Phase.FinalDelay leaving
                && Nanos.past(leaving.since(), now, settings.times().finalDelay())) {
            effects.add(new Effect.WriteFlag());
            effects.add(new Effect.Shutdown());
            phase = new Phase.ShuttingDown(now, Phase.Attempt.NONE);
        }
        int exit = settings.times().exit();
        if (phase instanceof Phase.ShuttingDown down && exit >= 0 && Nanos.past(down.since(), now, exit)) {
            effects.add(new Effect.Exit());
            phase = new Phase.Exiting(down.attempt());
        }
        phase.tried().ifPresent(this::remind);
    }

    private void leave() {
        String text = "Executing automatic power-fail shutdown";
        effects.add(new Effect.Log(text));
        effects.add(new Effect.Wall(text));
        effects.add(settings.notice(NoticeType.SHUTDOWN, ""));
        phase = new Phase.FinalDelay(now);
    }

    private void pace() {
        boolean alert = false;
        for (UpsState upsState : upses.values()) alert |= upsState.alert(settings);
        int wanted = alert ? alertInterval() : settings.times().poll();
        if (wanted == interval) return;
        interval = wanted;
        effects.add(new Effect.PollEvery(wanted));
    }

    /** An interval that divides OBLBDURATION, so that no poll misses its end. */
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
