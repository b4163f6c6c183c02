package org.cobnut.upsmon.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.cobnut.upsmon.engine.Engine;
import org.cobnut.upsmon.engine.Phase;
import org.cobnut.upsmon.engine.Settings;
import org.cobnut.upsmon.engine.State;
import org.cobnut.upsmon.engine.Status;
import org.cobnut.upsmon.engine.UpsState;
import org.cobnut.upsmon.monitor.Simulation.Due;
import org.cobnut.upsmon.monitor.Simulation.Result;
import org.cobnut.wire.Columns;

/** Describes what upsmon would do now and why. */
final class Plan {
    private final State state;
    private final Settings settings;
    private final long now;

    private Plan(UpsMonitor.View view) {
        this.state = view.state();
        this.settings = view.settings();
        this.now = view.now();
    }

    /** A row for each UPS and, as the last, one for the machine, each of several lines of text; faults stand above. */
    static Columns of(UpsMonitor.View view, List<String> faults) {
        return new Plan(view).rows(warned("", faults, "TEXT"));
    }

    /** Rows of lines, with faults above them. */
    static Columns warned(String separator, List<String> faults, String... titles) {
        Columns columns = Columns.separatedBy(separator, titles);
        return faults.isEmpty() ? columns : columns.heading("Warnings:\n  " + String.join("\n  ", faults) + "\n");
    }

    /** A time as minutes and seconds. */
    static String time(int seconds) {
        return "%d:%02d".formatted(seconds / 60, seconds % 60);
    }

    private Columns rows(Columns rows) {
        Result result = Simulation.of(state, settings, now);
        int healthy = 0;
        int unknown = 0;
        for (Settings.Monitor monitor : settings.monitors().values()) {
            UpsState upsState = state.upses().get(monitor.ups());
            if (upsState == null || upsState.critical().isEmpty()) healthy += monitor.power();
            if (upsState == null || unknown(upsState)) unknown += monitor.power();
            if (upsState != null) ups(monitor, upsState, result, rows);
        }
        String trust = unknown == 0 ? "" : ", %d of it of UPSes that have never answered".formatted(unknown);
        String needs = "This machine needs a power value of %d and has %d%s."
                .formatted(settings.minSupplies(), healthy, trust);
        rows.row(needs + '\n' + machine(result))
                .with("ups", Optional.empty())
                .with("needs", settings.minSupplies())
                .with("has", healthy)
                .with("unknown", unknown)
                .with("shutdown", number(result.decided()))
                .with("shutdowncmd", number(result.down()));
        return rows;
    }

    /** Adds a row on a UPS; what its JSON says in seconds is null when it would never be. */
    private void ups(Settings.Monitor monitor, UpsState upsState, Result result, Columns rows) {
        Due due = result.critical().get(monitor.ups());
        OptionalInt seconds = upsState.critical().isPresent()
                ? OptionalInt.of(0)
                : due == null ? OptionalInt.empty() : OptionalInt.of(due.seconds());
        rows.row(String.join("\n", lines(monitor, upsState, result)))
                .with("ups", monitor.ups())
                .with("primary", monitor.primary())
                .with("power", monitor.power())
                .with("status", String.join(" ", Simulation.words(upsState.status())))
                .with("critical", number(seconds))
                .with("why", upsState.critical().or(() -> Optional.ofNullable(due)
                        .map(Due::why)))
                .with("counted", upsState.counted());
    }

    private static Optional<Integer> number(OptionalInt seconds) {
        return seconds.isPresent() ? Optional.of(seconds.getAsInt()) : Optional.empty();
    }

    private List<String> lines(Settings.Monitor monitor, UpsState upsState, Result result) {
        var lines = new ArrayList<String>();
        String role = monitor.primary() ? "primary" : "secondary";
        lines.add("%s (%s, power value %d): %s".formatted(monitor.ups(), role, monitor.power(), said(upsState)));
        Due due = result.critical().get(monitor.ups());
        if (upsState.critical().isPresent())
            lines.add("  is critical: " + upsState.critical().get());
        else if (!watched()) lines.add("  was not critical when this machine began to go down");
        else if (due != null) lines.add("  would be critical in %s: %s".formatted(time(due.seconds()), due.why()));
        else lines.add(lastNotLow(upsState));
        if (upsState.critical().isEmpty() && due == null && watched() && !unknown(upsState))
            what(monitor.ups(), upsState, lines);
        String refused = upsState.login().refused();
        if (!upsState.counted())
            lines.add("  this machine is not logged in there%s: a primary would not wait for it"
                    .formatted(refused.isEmpty() ? "" : " (" + refused + ")"));
        else if (!refused.isEmpty()) lines.add("  %s: it could not announce a shutdown".formatted(refused));
        return lines;
    }

    /** Whether no shutdown is decided, so that readings count. */
    private boolean watched() {
        return state.phase() instanceof Phase.Monitoring;
    }

    private static String lastNotLow(UpsState upsState) {
        if (unknown(upsState))
            return "  counts as healthy, as in NUT, but nothing is known of it: no outage would be seen";
        if (upsState.connection().lost()) return "  counts as healthy: when it was lost, it told of no outage";
        return "  is healthy, and stays so as long as it says the same";
    }

    /** Whether the UPS has never answered. */
    private static boolean unknown(UpsState upsState) {
        return upsState.status().tokens().isEmpty()
                && upsState.status().others().isEmpty();
    }

    /** Adds what would follow from OB LB, and from the loss of a UPS on battery. */
    private void what(String ups, UpsState upsState, List<String> lines) {
        turn("said OB LB", Simulation.of(state, settings, now, ups, List.of("OB", "LB")))
                .ifPresent(lines::add);
        if (upsState.status().power() == Status.Power.BATTERY)
            turn("were lost", Simulation.of(state, settings, now, ups, List.of()))
                    .ifPresent(lines::add);
    }

    private static Optional<String> turn(String what, Result result) {
        if (result.decided().isEmpty()) return Optional.of("  if it %s now, nothing would happen".formatted(what));
        return Optional.of("  if it %s now, the shutdown would begin in %s%s"
                .formatted(
                        what,
                        time(result.decided().getAsInt()),
                        result.down().stream()
                                .mapToObj(down -> " and SHUTDOWNCMD run in " + time(down))
                                .findFirst()
                                .orElse("")));
    }

    private String machine(Result result) {
        if (!watched()) return phase(state.phase());
        if (settings.minSupplies() == 0) return "It only watches, and never shuts down by itself.";
        if (result.decided().isEmpty()) return "It would not shut down.";
        var why = new ArrayList<String>();
        result.critical().forEach((ups, due) -> {
            if (due.seconds() <= result.decided().getAsInt()) why.add(ups + ": " + due.why());
        });
        int down = result.down().orElse(result.decided().getAsInt());
        return "It would shut down in %s (SHUTDOWNCMD in %s%s), because %s."
                .formatted(
                        time(result.decided().getAsInt()),
                        time(down),
                        settings.primary()
                                ? ", up to " + (settings.times().hostSync() + 1) + " s later while others log out"
                                : "",
                        String.join("; ", why));
    }

    private String phase(Phase phase) {
        if (phase instanceof Phase.Syncing) return "It goes down: it waits for others to log out.";
        Phase.Attempt attempt = phase.tried().orElse(Phase.Attempt.NONE);
        if (attempt.well())
            return "SHUTDOWNCMD ended well %s ago, so this machine should be down. Nobody watches its UPSes; %s."
                    .formatted(time((int) ((now - attempt.ended()) / 1_000_000_000L)), Engine.WAY_BACK);
        if (!attempt.fault().isEmpty())
            return "It should go down, but cannot: %s. It is tried again; a mended SHUTDOWNCMD is taken at once."
                    .formatted(attempt.fault());
        if (phase instanceof Phase.FinalDelay) return "It goes down: FINALDELAY runs.";
        return "It goes down: SHUTDOWNCMD runs.";
    }

    private String said(UpsState upsState) {
        String words = String.join(" ", Simulation.words(upsState.status()));
        return switch (upsState.connection().kind()) {
            case UNTRIED -> "has not answered yet";
            case UP -> words;
            case LOST ->
                "%s for %s (%s)%s"
                        .formatted(
                                unknown(upsState) ? "no answer" : "lost",
                                time((int) ((now - upsState.connection().good()) / 1_000_000_000L)),
                                upsState.connection().reason(),
                                unknown(upsState) ? "" : ", said last: " + words);
        };
    }
}
