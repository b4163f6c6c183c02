package org.cobnut.runtime.poll;

import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletionStage;
import org.cobnut.device.DeviceService;
import org.cobnut.device.DriverFigures;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.cobnut.model.Variable;
import org.cobnut.runtime.call.DriverCall;
import org.cobnut.runtime.section.Section;
import org.cobnut.runtime.snapshot.DriverVariables;
import org.cobnut.runtime.snapshot.ValueChecker;

/** A device that runs, as everybody sees it: checks what is asked of it before the device itself is troubled. */
public final class RunningDevice implements DeviceService {
    private final DeviceRunner runner;
    private final Section section;

    /**
     * Shows what a runner runs.
     *
     * @param section by which it runs
     */
    public RunningDevice(DeviceRunner runner, Section section) {
        this.runner = runner;
        this.section = section;
    }

    @Override
    public Snapshot snapshot() {
        return runner.health().snapshot();
    }

    @Override
    public DriverFigures figures() {
        return runner.health().figures();
    }

    @Override
    public CompletionStage<Outcome> set(String variable, String value) {
        Variable known = snapshot().variables().get(variable);
        if (known == null) return OrderQueue.done(Outcome.unknown());
        return ValueChecker.refusal(known.type(), value)
                .or(() -> runner.own(driverVariables -> driverVariables.set(variable, value)))
                .map(OrderQueue::done)
                .orElseGet(
                        () -> runner.ask(DeviceOrder.of(DriverCall.Kind.SET, open -> open.set(known.name(), value))));
    }

    @Override
    public CompletionStage<Outcome> run(String command, String argument) {
        SortedSet<String> known = snapshot().commands();
        if (!known.contains(command)) return OrderQueue.done(Outcome.unknown());
        String name = known.tailSet(command).first(); // as the driver spells it
        Optional<Outcome> own = runner.own(driverVariables -> driverVariables.run(name));
        if (own.isPresent()) return OrderQueue.done(own.get());
        DeviceOrder.Body body =
                name.equals(DriverVariables.KILLPOWER) ? new Killpower(section) : open -> open.run(name, argument);
        return runner.ask(DeviceOrder.of(DriverCall.Kind.RUN, body));
    }
}
