package org.cobnut.upsd.protocol;

import java.util.Objects;
import org.cobnut.model.Snapshot;
import org.cobnut.upsd.registry.Ups;
import org.cobnut.wire.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request with its row of the table of commands, and with the UPS and the values that it is about. The UPS is looked up
 * once, so an answer that comes after a wait needs a request that is parsed anew.
 */
public final class ParsedRequest {
    private final Request request;
    private final Command command;
    private final boolean guarded;
    private final @Nullable Ups ups;
    private final @Nullable Snapshot snapshot;

    /**
     * A request of one client.
     *
     * @param guarded whether this client must have authenticated before it is executed
     * @param ups the UPS that it names; null when it names none, or none that is known
     */
    ParsedRequest(Request request, Command command, boolean guarded, @Nullable Ups ups) {
        this.request = request;
        this.command = command;
        this.guarded = guarded;
        this.ups = ups;
        this.snapshot = ups != null && command.needs(Command.Need.DATA) ? ups.snapshot() : null;
    }

    Request request() {
        return request;
    }

    Command command() {
        return command;
    }

    boolean guarded() {
        return guarded;
    }

    boolean upsKnown() {
        return ups != null;
    }

    /** The UPS of a command that needs one. */
    Ups ups() {
        return Objects.requireNonNull(ups);
    }

    /** The values of that UPS, of a command that needs its data. */
    Snapshot snapshot() {
        return Objects.requireNonNull(snapshot);
    }
}
