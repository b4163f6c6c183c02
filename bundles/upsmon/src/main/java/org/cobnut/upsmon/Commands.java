package org.cobnut.upsmon;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
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
            "osgi.command.function=resume",
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
        return upsmon.scene().map(Plan::of).map(this::withFaults).orElse(NOTHING);
    }

    /** What would be done in an outage, step by step. */
    public String rehearse() {
        return upsmon.conf().map(Rehearsal::of).map(this::withFaults).orElse(NOTHING);
    }

    /** Has UPSes watched again by an upsmon whose SHUTDOWNCMD ended well, though this machine stays up. */
    public String resume() {
        Optional<Watchman.Scene> scene = upsmon.scene();
        if (scene.isEmpty()) return NOTHING;
        Phase phase = scene.get().state().phase();
        if (phase instanceof Phase.Watching) return "upsmon watches; there is nothing to resume";
        if (phase.tried().filter(Phase.Attempt::well).isEmpty())
            return "This machine is on its way down, and SHUTDOWNCMD has not ended well: nothing is resumed";
        upsmon.watchAgain();
        return "upsmon watches again";
    }

    private String withFaults(String text) {
        List<String> faults = upsmon.faults();
        return faults.isEmpty() ? text : "Warnings:\n  " + String.join("\n  ", faults) + "\n\n" + text;
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
