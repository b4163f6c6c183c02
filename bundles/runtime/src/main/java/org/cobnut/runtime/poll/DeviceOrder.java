package org.cobnut.runtime.poll;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.runtime.call.DriverCall;

/** A SET or a command that waits for its turn. */
record DeviceOrder(DriverCall.Kind kind, Body body, CompletableFuture<Outcome> outcome) {
    /** What to ask of the session. */
    interface Body {
        Outcome ask(Session session) throws IOException;
    }

    static DeviceOrder of(DriverCall.Kind kind, Body body) {
        return new DeviceOrder(kind, body, new CompletableFuture<>());
    }
}
