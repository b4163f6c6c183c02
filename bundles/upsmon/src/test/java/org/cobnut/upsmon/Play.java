package org.cobnut.upsmon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The engine on a stage: time passes as told, and everything that it wanted is kept with the millisecond. */
final class Play {
    private static final long MILLI = 1_000_000L;
    private static final int TICK = 250;

    /** An effect and the millisecond of it. */
    record Cue(long at, Effect effect) {
        @Override
        public String toString() {
            return at + " " + told(effect);
        }
    }

    private final Settings settings;
    private final List<Cue> cues = new ArrayList<>();
    private final long origin;
    private State state;
    private long stamp;
    private long millis;

    Play(Settings settings) {
        this(settings, 7_000_000_000_000L);
    }

    Play(Settings settings, long origin) {
        this(settings, origin, Map.of());
    }

    /** One of whose UPSes people were told this before. */
    Play(Settings settings, Map<String, Told> before) {
        this(settings, 7_000_000_000_000L, before);
    }

    private Play(Settings settings, long origin, Map<String, Told> before) {
        this.settings = settings;
        this.origin = origin;
        this.state = State.start(origin, before);
    }

    static Settings one(boolean primary, Settings.Times times, Settings.Rules rules) {
        return Settings.of(List.of(new Settings.Monitor("ups", 1, primary)), 1, times, rules);
    }

    static Settings primary() {
        return one(true, Settings.Times.DEFAULT, Settings.Rules.DEFAULT);
    }

    static Settings secondary() {
        return one(false, Settings.Times.DEFAULT, Settings.Rules.DEFAULT);
    }

    Play give(Reading reading) {
        Step step = Engine.step(state, settings, reading, origin + millis * MILLI);
        state = step.next();
        step.effects().forEach(effect -> cues.add(new Cue(millis, effect)));
        return this;
    }

    /** A report of the driver that nobody has read before. */
    Play says(String status) {
        return says(status, "", "");
    }

    Play says(String status, String alarm, String buzzwords) {
        return give(new Reading.Answer("ups", words(status), alarm, words(buzzwords), ++stamp));
    }

    /** The report of before, read once more. */
    Play saysStill(String status) {
        return give(new Reading.Answer("ups", words(status), "", List.of(), stamp));
    }

    Play silent() {
        return give(new Reading.NoAnswer("ups", "no answer"));
    }

    Play counts(int logins) {
        return give(new Reading.Counted("ups", OptionalInt.of(logins)));
    }

    /** Time passes with nothing else. */
    Play pass(long ms) {
        long end = millis + ms;
        while (millis < end) {
            millis = Math.min(end, millis + TICK);
            give(new Reading.Tick());
        }
        return this;
    }

    /** Time passes of which the engine hears nothing. */
    Play jump(long ms) {
        millis += ms;
        return this;
    }

    /** The same answer every five seconds, for that long. */
    Play saysFor(String status, int seconds) {
        for (int i = 0; i < seconds; i += 5) says(status).pass(5000);
        return this;
    }

    Play silentFor(int seconds) {
        for (int i = 0; i < seconds; i += 5) silent().pass(5000);
        return this;
    }

    State state() {
        return state;
    }

    long now() {
        return millis;
    }

    boolean decided() {
        return !(state.phase() instanceof Phase.Watching);
    }

    /** The types of all notices so far, in order. */
    String notices() {
        return cues.stream()
                .filter(cue -> cue.effect() instanceof Effect.Notify)
                .map(cue -> ((Effect.Notify) cue.effect()).type().name())
                .collect(Collectors.joining(" "));
    }

    List<String> texts() {
        return cues.stream()
                .filter(cue -> cue.effect() instanceof Effect.Notify)
                .map(cue -> ((Effect.Notify) cue.effect()).text())
                .toList();
    }

    /** Everything on the way down, line by line, each with its millisecond. */
    String descent() {
        return cues.stream()
                .filter(cue -> !(cue.effect() instanceof Effect.Log
                        || cue.effect() instanceof Effect.Answered
                        || cue.effect() instanceof Effect.Forgot
                        || cue.effect() instanceof Effect.PollAgain))
                .map(Cue::toString)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    Play forgetCues() {
        cues.clear();
        return this;
    }

    List<Cue> cues() {
        return cues;
    }

    private static String told(Effect effect) {
        if (effect instanceof Effect.Notify notify) return "NOTIFY " + notify.type();
        if (effect instanceof Effect.SetFsd fsd) return "FSD " + fsd.ups();
        if (effect instanceof Effect.AskLogins ask) return "ASK " + ask.ups();
        if (effect instanceof Effect.PollEvery every) return "POLL " + every.seconds();
        if (effect instanceof Effect.WaitForSecondaries wait) return "WAIT " + wait.seconds();
        return effect.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT);
    }

    static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split(" +"));
    }
}
