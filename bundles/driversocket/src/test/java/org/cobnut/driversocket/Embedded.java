package org.cobnut.driversocket;

import java.util.concurrent.CompletionStage;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;

/** A gadget as its peers meet it, without a socket. */
record Embedded(Gadget gadget) implements ServerConnection.Served {
    @Override
    public String ups() {
        return "test";
    }

    @Override
    public Snapshot snapshot() {
        return gadget.snapshot();
    }

    @Override
    public boolean fresh(Snapshot snapshot) {
        return snapshot.health() instanceof Health.Fresh;
    }

    @Override
    public CompletionStage<Outcome> set(String variable, String value) {
        return gadget.set(variable, value);
    }

    @Override
    public CompletionStage<Outcome> run(String command, String argument) {
        return gadget.run(command, argument);
    }

    @Override
    public void came(ServerConnection peer) {}

    @Override
    public void went(ServerConnection peer) {}
}
