package org.cobnut.upsmon;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** What would happen from a moment on if its UPSes went on saying the same: the engine, played into the future. */
final class Forecast {
    private static final int HORIZON = 24 * 3600;

    /**
     * How it ends.
     *
     * @param critical in how many seconds each UPS would be critical, and why
     * @param decided in how many seconds the shutdown would begin
     * @param down in how many seconds SHUTDOWNCMD would run, if nobody else is logged in
     */
    record Outlook(Map<String, Due> critical, OptionalInt decided, OptionalInt down) {}

    /** Something in so many seconds, for a reason. */
    record Due(int seconds, String why) {}

    private final Settings settings;
    private final long start;
    private final long stride;
    private State state;
    private long stamp;

    private Forecast(State state, Settings settings, long start) {
        this.state = state;
        this.settings = settings;
        this.start = start;
        this.stride = Nanos.seconds(1);
        this.stamp = Long.MAX_VALUE / 2;
    }

    /** If everything stays as it is. */
    static Outlook of(State state, Settings settings, long now) {
        Map<String, Function<Long, Reading>> script = new LinkedHashMap<>();
        state.watches().forEach((ups, watch) -> same(ups, watch).ifPresent(saying -> script.put(ups, saying)));
        return new Forecast(state, settings, now).play(script);
    }

    /** If one UPS says this from now on, and the others stay as they are; no word is no answer. */
    static Outlook of(State state, Settings settings, long now, String ups, List<String> words) {
        Map<String, Function<Long, Reading>> script = new LinkedHashMap<>();
        state.watches().forEach((name, watch) -> same(name, watch).ifPresent(saying -> script.put(name, saying)));
        script.put(ups, stamp -> saying(ups, words, stamp));
        return new Forecast(state, settings, now).play(script);
    }

    private Outlook play(Map<String, Function<Long, Reading>> script) {
        Map<String, Due> critical = new LinkedHashMap<>();
        OptionalInt decided = OptionalInt.empty();
        OptionalInt down = OptionalInt.empty();
        for (int second = 0; second <= HORIZON && down.isEmpty(); second++) {
            long now = start + second * stride;
            List<Effect> effects = new ArrayList<>();
            if (second % Math.max(1, state.interval()) == 0)
                for (Function<Long, Reading> saying : script.values()) step(saying.apply(++stamp), now, effects);
            step(new Reading.Tick(), now, effects);
            int at = second;
            state.watches().forEach((ups, watch) -> watch.critical()
                    .ifPresent(why -> critical.putIfAbsent(ups, new Due(at, why))));
            if (decided.isEmpty() && !(state.phase() instanceof Phase.Watching)) decided = OptionalInt.of(second);
            if (effects.stream().anyMatch(Effect.Shutdown.class::isInstance)) down = OptionalInt.of(second);
        }
        return new Outlook(critical, decided, down);
    }

    private void step(Reading reading, long now, Collection<Effect> effects) {
        Step step = Engine.step(state, settings, reading, now);
        state = step.next();
        effects.addAll(step.effects());
        for (Effect effect : step.effects())
            if (effect instanceof Effect.AskLogins ask)
                step(new Reading.Counted(ask.ups(), OptionalInt.of(0)), now, effects);
    }

    private static Optional<Function<Long, Reading>> same(String ups, Watch watch) {
        return switch (watch.contact().line()) {
            case UNTRIED -> Optional.empty();
            case LOST -> Optional.of(stamp -> new Reading.NoAnswer(ups, "still lost"));
            case UP -> Optional.of(stamp -> saying(ups, words(watch.status()), stamp));
        };
    }

    /** The words of a status, as far as the engine remembers them. */
    static List<String> words(Status status) {
        var words = new ArrayList<String>();
        status.tokens().forEach(token -> words.add(token.name()));
        words.addAll(status.others());
        return words;
    }

    private static Reading saying(String ups, List<String> words, long stamp) {
        return words.isEmpty()
                ? new Reading.NoAnswer(ups, "lost")
                : new Reading.Answer(ups, words, "", List.of(), stamp);
    }
}
