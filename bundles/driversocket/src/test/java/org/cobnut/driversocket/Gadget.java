package org.cobnut.driversocket;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

/** A device of ours: says what the test says, takes any order, and answers it when the test does. */
final class Gadget implements DeviceService {
    final List<String> asked = new ArrayList<>();
    final List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    private volatile Snapshot snapshot = Snapshot.empty(Instant.EPOCH, new Health.Starting());

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public synchronized CompletionStage<Outcome> set(String variable, String value) {
        return order("set " + variable + " to <" + value + '>');
    }

    @Override
    public synchronized CompletionStage<Outcome> run(String command, String argument) {
        return order("run " + command + " with <" + argument + '>');
    }

    /** A snapshot of such variables, all writable text, with a command or two. */
    static Snapshot snapshot(Health health, String... namesAndValues) {
        var variables = new TreeMap<String, Variable>(Names.ORDER);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = namesAndValues[i];
            variables.put(name, new Variable(name, namesAndValues[i + 1], VarType.text(32)));
        }
        var commands = new TreeSet<>(Names.ORDER);
        commands.addAll(List.of("load.off", "test.battery.start"));
        return new Snapshot(Instant.EPOCH, health, variables, commands);
    }

    Gadget says(Snapshot now) {
        snapshot = now;
        return this;
    }

    synchronized boolean waits() {
        return !answers.isEmpty();
    }

    synchronized void answer(Outcome outcome) {
        answers.remove(0).complete(outcome);
    }

    private CompletionStage<Outcome> order(String what) {
        asked.add(what);
        var answer = new CompletableFuture<Outcome>();
        answers.add(answer);
        return answer;
    }
}
