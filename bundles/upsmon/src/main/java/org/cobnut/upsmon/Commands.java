package org.cobnut.upsmon;

import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** For {@code nutctl} and the shell: what upsmon would do, what it would do in an outage, and what it told. */
@Component(
        service = Commands.class,
        property = {
            "osgi.command.scope=nut",
            "osgi.command.function=plan",
            "osgi.command.function=rehearse",
            "osgi.command.function=events"
        })
public final class Commands {
    private static final String NOTHING = "upsmon watches nothing here: there is no upsmon.conf, or it cannot be used";
    private static final int SOME = 50;

    private final Upsmon upsmon;
    private final EventLog events;

    @Activate
    public Commands(@Reference Upsmon upsmon, @Reference EventLog events) {
        this.upsmon = upsmon;
        this.events = events;
    }

    /** What would happen now, UPS by UPS and to the machine, and why. */
    public String plan() {
        return upsmon.scene().map(Plan::of).orElse(NOTHING);
    }

    /** What would be done in an outage, step by step. */
    public String rehearse() {
        return upsmon.conf().map(Rehearsal::of).orElse(NOTHING);
    }

    /** The last notices. */
    public String events() throws IOException {
        return events(SOME);
    }

    /** The last so many notices. */
    public String events(int most) throws IOException {
        return String.join("\n", events.last(most));
    }
}
