package org.cobnut.upsmon.monitor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.cobnut.upsmon.engine.Effect;
import org.cobnut.upsmon.engine.Engine;
import org.cobnut.upsmon.engine.Phase;
import org.cobnut.upsmon.engine.Reading;
import org.cobnut.upsmon.engine.Settings;
import org.cobnut.upsmon.engine.State;
import org.cobnut.upsmon.engine.Status;
import org.cobnut.upsmon.engine.Step;
import org.cobnut.upsmon.engine.UpsState;
import org.cobnut.upsmon.time.Nanos;

/** Runs the engine into the future, with UPSes that keep their status. */
final class Simulation {
    private static final int HORIZON = 24 * 3600;

    /**
     * The result.
     *
     * @param critical in how many seconds each UPS would be critical, and why
     * @param decided in how many seconds the shutdown would begin
     * @param down in how many seconds SHUTDOWNCMD would run, if nobody else is logged in
     */
    record Result(Map<String, Due> critical, OptionalInt decided, OptionalInt down) {}

    /** A time in seconds, and a reason. */
    record Due(int seconds, String why) {}

    private final Settings settings;
    private final long start;
    private final long stride;
    private State state;
    private long stamp;

    private Simulation(State state, Settings settings, long start) {
        this.state = state;
        this.settings = settings;
        this.start = start;
        this.stride = Nanos.seconds(1);
        this.stamp = Long.MAX_VALUE / 2;
    }

    /** The result if every UPS keeps its status. */
    static Result of(State state, Settings settings, long now) {
        Map<String, Function<Long, Reading>> script = new LinkedHashMap<>();
        state.upses().forEach((ups, upsState) -> same(ups, upsState).ifPresent(saying -> script.put(ups, saying)));
        return new Simulation(state, settings, now).harness(script);
    }

    /**
     * The result if one UPS has this status from now on and the others keep theirs; an empty status means no answer.
     */
    static Result of(State state, Settings settings, long now, String ups, List<String> words) {
        Map<String, Function<Long, Reading>> script = new LinkedHashMap<>();
        state.upses().forEach((name, upsState) -> same(name, upsState).ifPresent(saying -> script.put(name, saying)));
        script.put(ups, stamp -> saying(ups, words, stamp));
        return new Simulation(state, settings, now).harness(script);
    }

    private Result harness(Map<String, Function<Long, Reading>> script) {
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
            state.upses().forEach((ups, upsState) -> upsState.critical()
                    .ifPresent(why -> critical.putIfAbsent(ups, new Due(at, why))));
            if (decided.isEmpty() && !(state.phase() instanceof Phase.Monitoring)) decided = OptionalInt.of(second);
            if (effects.stream().anyMatch(Effect.Shutdown.class::isInstance)) down = OptionalInt.of(second);
        }
        return new Result(critical, decided, down);
    }

    private void step(Reading reading, long now, Collection<Effect> effects) {
        Step step = Engine.step(state, settings, reading, now);
        state = step.next();
        effects.addAll(step.effects());
        for (Effect effect : step.effects())
            if (effect instanceof Effect.AskLogins ask)
                step(new Reading.LoginsCounted(ask.ups(), OptionalInt.of(0)), now, effects);
    }

    private static Optional<Function<Long, Reading>> same(String ups, UpsState upsState) {
        return switch (upsState.connection().kind()) {
            case UNTRIED -> Optional.empty();
            case LOST -> Optional.of(stamp -> new Reading.NoAnswer(ups, "still lost"));
            case UP -> Optional.of(stamp -> saying(ups, words(upsState.status()), stamp));
        };
    }

    /** The words of a status that the engine has kept. */
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
