package org.cobnut.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.cobnut.device.DeviceService;
import org.cobnut.model.Health;
import org.cobnut.model.Names;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;

/** A device of the test's own, which notes what it is asked and answers as it is told. */
public final class TestDevice implements DeviceService {
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile Snapshot snapshot = Snapshot.empty(Instant.EPOCH, new Health.Starting());
    private volatile Outcome outcome = Outcome.handled();

    /** With these values, {@code name: value} each, and fresh. */
    public static TestDevice of(String... lines) {
        return new TestDevice().says(lines);
    }

    /** From now on it is fresh, with these values too. */
    public TestDevice says(String... lines) {
        SortedMap<String, Variable> values = new TreeMap<>(Names.ORDER);
        values.putAll(snapshot.variables());
        for (String line : lines) {
            String[] parts = line.split(": ", 2);
            values.put(parts[0], new Variable(parts[0], parts[1], VarType.READ_ONLY));
        }
        snapshot = new Snapshot(Instant.EPOCH, new Health.Fresh(), values, snapshot.commands());
        return this;
    }

    /** A variable that can be set. */
    public TestDevice says(Variable variable) {
        SortedMap<String, Variable> values = new TreeMap<>(Names.ORDER);
        values.putAll(snapshot.variables());
        values.put(variable.name(), variable);
        snapshot = new Snapshot(Instant.EPOCH, new Health.Fresh(), values, snapshot.commands());
        return this;
    }

    public TestDevice takes(String... commands) {
        SortedSet<String> all = new TreeSet<>(Names.ORDER);
        all.addAll(List.of(commands));
        snapshot = new Snapshot(Instant.EPOCH, snapshot.health(), snapshot.variables(), all);
        return this;
    }

    public TestDevice is(Health health) {
        snapshot = snapshot.with(health);
        return this;
    }

    /** How whatever is asked ends from now on. */
    public TestDevice answers(Outcome how) {
        outcome = how;
        return this;
    }

    /** What was asked so far: {@code name=value} for a variable, {@code name argument} for a command. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public CompletionStage<Outcome> set(String variable, String value) {
        asked.add(variable + "=" + value);
        return CompletableFuture.completedFuture(outcome);
    }

    @Override
    public CompletionStage<Outcome> run(String command, String argument) {
        asked.add((command + " " + argument).trim());
        return CompletableFuture.completedFuture(outcome);
    }
}
