package org.cobnut.upsmon.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Runs the engine with a simulated clock, and records each effect with its millisecond. */
public final class EngineHarness {
    private static final long MILLI = 1_000_000L;
    private static final int TICK = 250;

    /** An effect and the millisecond of it. */
    public record TimedEffect(long at, Effect effect) {
        @Override
        public String toString() {
            return at + " " + told(effect);
        }
    }

    private final Settings settings;
    private final List<TimedEffect> effects = new ArrayList<>();
    private final long origin;
    private State state;
    private long stamp;
    private long millis;

    public EngineHarness(Settings settings) {
        this(settings, 7_000_000_000_000L);
    }

    EngineHarness(Settings settings, long origin) {
        this(settings, origin, Map.of());
    }

    /** A harness with notices from before the start. */
    EngineHarness(Settings settings, Map<String, NotifiedState> before) {
        this(settings, 7_000_000_000_000L, before);
    }

    private EngineHarness(Settings settings, long origin, Map<String, NotifiedState> before) {
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

    public static Settings secondary() {
        return one(false, Settings.Times.DEFAULT, Settings.Rules.DEFAULT);
    }

    public EngineHarness give(Reading reading) {
        Step step = Engine.step(state, settings, reading, origin + millis * MILLI);
        state = step.next();
        step.effects().forEach(effect -> effects.add(new TimedEffect(millis, effect)));
        return this;
    }

    /** A new report of the driver. */
    public EngineHarness says(String status) {
        return says(status, "", "");
    }

    EngineHarness says(String status, String alarm, String buzzwords) {
        return give(new Reading.Answer("ups", words(status), alarm, words(buzzwords), ++stamp));
    }

    /** The report of before, read once more. */
    EngineHarness saysStill(String status) {
        return give(new Reading.Answer("ups", words(status), "", List.of(), stamp));
    }

    public EngineHarness silent() {
        return give(new Reading.NoAnswer("ups", "no answer"));
    }

    EngineHarness counts(int logins) {
        return give(new Reading.LoginsCounted("ups", OptionalInt.of(logins)));
    }

    /** Time passes with nothing else. */
    public EngineHarness pass(long ms) {
        long end = millis + ms;
        while (millis < end) {
            millis = Math.min(end, millis + TICK);
            give(new Reading.Tick());
        }
        return this;
    }

    /** Time passes of which the engine hears nothing. */
    EngineHarness jump(long ms) {
        millis += ms;
        return this;
    }

    /** The same answer every five seconds, for that long. */
    EngineHarness saysFor(String status, int seconds) {
        for (int i = 0; i < seconds; i += 5) says(status).pass(5000);
        return this;
    }

    EngineHarness silentFor(int seconds) {
        for (int i = 0; i < seconds; i += 5) silent().pass(5000);
        return this;
    }

    public State state() {
        return state;
    }

    long now() {
        return millis;
    }

    public boolean decided() {
        return !(state.phase() instanceof Phase.Monitoring);
    }

    /** The types of all notices so far, in order. */
    public String notices() {
        return effects.stream()
                .filter(timedEffect -> timedEffect.effect() instanceof Effect.Notify)
                .map(timedEffect ->
                        ((Effect.Notify) timedEffect.effect()).type().name())
                .collect(Collectors.joining(" "));
    }

    List<String> texts() {
        return effects.stream()
                .filter(timedEffect -> timedEffect.effect() instanceof Effect.Notify)
                .map(timedEffect -> ((Effect.Notify) timedEffect.effect()).text())
                .toList();
    }

    /** Everything on the way down, line by line, each with its millisecond. */
    String shutdownSteps() {
        return effects.stream()
                .filter(timedEffect -> !(timedEffect.effect() instanceof Effect.Log
                        || timedEffect.effect() instanceof Effect.Answered
                        || timedEffect.effect() instanceof Effect.StateReset
                        || timedEffect.effect() instanceof Effect.PollAgain))
                .map(TimedEffect::toString)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    public EngineHarness clearEffects() {
        effects.clear();
        return this;
    }

    public List<TimedEffect> effects() {
        return effects;
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
