package org.cobnut.upsmon.monitor;

import java.io.IOException;
import org.cobnut.upsmon.engine.Phase;
import org.cobnut.upsmon.notify.EventLog;
import org.cobnut.wire.Columns;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands of {@code nutctl} and the shell: the plan, the rehearsal, and the notices so far. */
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
    private static final int SOME = 50;

    private final Upsmon upsmon;
    private final EventLog events;

    @Activate
    public Commands(@Reference Upsmon upsmon, @Reference EventLog events) {
        this.upsmon = upsmon;
        this.events = events;
    }

    /** What upsmon would do now, for each UPS and for the machine, and why. */
    public Columns plan() {
        return upsmon.view().map(view -> Plan.of(view, upsmon.faults())).orElseThrow(Commands::nothing);
    }

    /** What upsmon would do in an outage, step by step. */
    public Columns rehearse() {
        return upsmon.conf().map(conf -> Rehearsal.of(conf, upsmon.faults())).orElseThrow(Commands::nothing);
    }

    /** Monitors UPSes again when SHUTDOWNCMD ended well but this machine stays up. */
    public String resume() {
        Phase phase = upsmon.view().orElseThrow(Commands::nothing).state().phase();
        if (phase instanceof Phase.Monitoring) return "upsmon watches; there is nothing to resume";
        if (phase.tried().filter(Phase.Attempt::well).isEmpty())
            throw new IllegalStateException(
                    "This machine is on its way down, and SHUTDOWNCMD has not ended well: nothing is resumed");
        upsmon.watchAgain();
        return "upsmon watches again";
    }

    private static IllegalStateException nothing() {
        return new IllegalStateException(
                "upsmon watches nothing here: there is no upsmon.conf, or it cannot be used; see: nutctl config check");
    }

    /** The last notices. */
    public Columns events() throws IOException {
        return events(SOME);
    }

    /** The last notices, this many. */
    public Columns events(int most) throws IOException {
        Columns columns = Columns.separatedBy("\t", "TIME", "TYPE", "UPS", "TEXT");
        for (String line : events.last(Math.max(0, most))) columns.row(line.split("\t", -1));
        return columns;
    }
}
