package org.cobnut.runtime;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;

/** A SET or a command that waits for its turn. */
record Order(Call.Kind kind, Body body, CompletableFuture<Outcome> outcome) {
    /** What to ask of the session. */
    interface Body {
        Outcome ask(Session session) throws IOException;
    }

    static Order of(Call.Kind kind, Body body) {
        return new Order(kind, body, new CompletableFuture<>());
    }
}
