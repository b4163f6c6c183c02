package org.cobnut.upsmon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cobnut.upsmon.Forecast.Due;
import org.cobnut.upsmon.Forecast.Outlook;

/** What upsmon would do now and why, in lines for people. */
final class Plan {
    private final State state;
    private final Settings settings;
    private final long now;

    private Plan(Watchman.Scene scene) {
        this.state = scene.state();
        this.settings = scene.settings();
        this.now = scene.now();
    }

    static String of(Watchman.Scene scene) {
        return String.join("\n", new Plan(scene).lines());
    }

    /** Minutes and seconds. */
    static String time(int seconds) {
        return "%d:%02d".formatted(seconds / 60, seconds % 60);
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        Outlook outlook = Forecast.of(state, settings, now);
        int healthy = 0;
        int unknown = 0;
        for (Settings.Monitor monitor : settings.monitors().values()) {
            Watch watch = state.watches().get(monitor.ups());
            if (watch == null || watch.critical().isEmpty()) healthy += monitor.power();
            if (watch == null || unknown(watch)) unknown += monitor.power();
            if (watch != null) ups(monitor, watch, outlook, lines);
        }
        String trust = unknown == 0 ? "" : ", %d of it of UPSes that have never answered".formatted(unknown);
        lines.add("This machine needs a power value of %d and has %d%s."
                .formatted(settings.minSupplies(), healthy, trust));
        lines.add(machine(outlook));
        return lines;
    }

    private void ups(Settings.Monitor monitor, Watch watch, Outlook outlook, List<String> lines) {
        String role = monitor.primary() ? "primary" : "secondary";
        lines.add("%s (%s, power value %d): %s".formatted(monitor.ups(), role, monitor.power(), said(watch)));
        Due due = outlook.critical().get(monitor.ups());
        if (watch.critical().isPresent())
            lines.add("  is critical: " + watch.critical().get());
        else if (!watched()) lines.add("  was not critical when this machine began to go down");
        else if (due != null) lines.add("  would be critical in %s: %s".formatted(time(due.seconds()), due.why()));
        else lines.add(calm(watch));
        if (watch.critical().isEmpty() && due == null && watched() && !unknown(watch))
            what(monitor.ups(), watch, lines);
        String refused = watch.login().refused();
        if (!watch.counted())
            lines.add("  this machine is not logged in there%s: a primary would not wait for it"
                    .formatted(refused.isEmpty() ? "" : " (" + refused + ")"));
        else if (!refused.isEmpty()) lines.add("  %s: it could not announce a shutdown".formatted(refused));
    }

    /** Whether nothing is decided yet, so that what UPSes say counts. */
    private boolean watched() {
        return state.phase() instanceof Phase.Watching;
    }

    private static String calm(Watch watch) {
        if (unknown(watch))
            return "  counts as healthy, as in NUT, but nothing is known of it: no outage would be seen";
        if (watch.contact().lost()) return "  counts as healthy: when it was lost, it told of no outage";
        return "  is healthy, and stays so as long as it says the same";
    }

    /** Whether it has never answered. */
    private static boolean unknown(Watch watch) {
        return watch.status().tokens().isEmpty() && watch.status().others().isEmpty();
    }

    /** What the two usual turns for the worse would bring. */
    private void what(String ups, Watch watch, List<String> lines) {
        turn("said OB LB", Forecast.of(state, settings, now, ups, List.of("OB", "LB")))
                .ifPresent(lines::add);
        if (watch.status().power() == Status.Power.BATTERY)
            turn("were lost", Forecast.of(state, settings, now, ups, List.of())).ifPresent(lines::add);
    }

    private static Optional<String> turn(String what, Outlook outlook) {
        if (outlook.decided().isEmpty()) return Optional.of("  if it %s now, nothing would happen".formatted(what));
        return Optional.of("  if it %s now, the shutdown would begin in %s%s"
                .formatted(
                        what,
                        time(outlook.decided().getAsInt()),
                        outlook.down().stream()
                                .mapToObj(down -> " and SHUTDOWNCMD run in " + time(down))
                                .findFirst()
                                .orElse("")));
    }

    private String machine(Outlook outlook) {
        if (!watched()) return phase(state.phase());
        if (settings.minSupplies() == 0) return "It only watches, and never shuts down by itself.";
        if (outlook.decided().isEmpty()) return "It would not shut down.";
        var why = new ArrayList<String>();
        outlook.critical().forEach((ups, due) -> {
            if (due.seconds() <= outlook.decided().getAsInt()) why.add(ups + ": " + due.why());
        });
        int down = outlook.down().orElse(outlook.decided().getAsInt());
        return "It would shut down in %s (SHUTDOWNCMD in %s%s), because %s."
                .formatted(
                        time(outlook.decided().getAsInt()),
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
        if (phase instanceof Phase.Leaving) return "It goes down: FINALDELAY runs.";
        return "It goes down: SHUTDOWNCMD runs.";
    }

    private String said(Watch watch) {
        String words = String.join(" ", Forecast.words(watch.status()));
        return switch (watch.contact().line()) {
            case UNTRIED -> "has not answered yet";
            case UP -> words;
            case LOST ->
                "%s for %s (%s)%s"
                        .formatted(
                                unknown(watch) ? "no answer" : "lost",
                                time((int) ((now - watch.contact().good()) / 1_000_000_000L)),
                                watch.contact().reason(),
                                unknown(watch) ? "" : ", said last: " + words);
        };
    }
}
