package org.cobnut.runtime;

import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletionStage;
import org.cobnut.device.DeviceService;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.cobnut.model.Variable;

/** A device that runs, as everybody sees it: checks what is asked of it before the device itself is troubled. */
final class Runner implements DeviceService {
    private final Turns turns;
    private final Section section;

    Runner(Turns turns, Section section) {
        this.turns = turns;
        this.section = section;
    }

    @Override
    public Snapshot snapshot() {
        return turns.snapshot();
    }

    @Override
    public CompletionStage<Outcome> set(String variable, String value) {
        Variable known = snapshot().variables().get(variable);
        if (known == null) return Orders.done(Outcome.unknown());
        return Fitness.refusal(known.type(), value)
                .or(() -> turns.own(core -> core.set(variable, value)))
                .map(Orders::done)
                .orElseGet(() -> turns.ask(Order.of(Call.Kind.SET, open -> open.set(known.name(), value))));
    }

    @Override
    public CompletionStage<Outcome> run(String command, String argument) {
        SortedSet<String> known = snapshot().commands();
        if (!known.contains(command)) return Orders.done(Outcome.unknown());
        String name = known.tailSet(command).first(); // as the driver spells it
        Optional<Outcome> own = turns.own(core -> core.run(name));
        if (own.isPresent()) return Orders.done(own.get());
        Order.Body body = name.equals(Core.KILLPOWER) ? new Killpower(section) : open -> open.run(name, argument);
        return turns.ask(Order.of(Call.Kind.RUN, body));
    }
}
