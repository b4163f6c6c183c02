package org.cobnut.drivers.virtual;

import java.util.Optional;
import java.util.Set;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.link.Links;
import org.cobnut.model.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows another device, and says in its status what becomes of one outlet. */
final class OutletSession implements Session {
    private static final Logger log = LoggerFactory.getLogger(OutletSession.class);

    private final Links links;
    private final String ups;
    private final String port;
    private final String prefix;
    private final Mirror mirror = new Mirror();
    private boolean checked;

    OutletSession(Links links, String ups, String port, String prefix) {
        this.links = links;
        this.ups = ups;
        this.port = port;
        this.prefix = prefix;
    }

    @Override
    public void poll(Report report, Due due) {
        var upstream = Upstream.of(links, port);
        upstream.snapshot().ifPresent(now -> show(report, now));
        if (upstream.fresh() && !checked) upstream.snapshot().ifPresent(this::check);
        if (!upstream.fresh()) report.stale(upstream.trouble());
    }

    /** What would otherwise show only when the outlet goes off, and nobody hears of it. */
    private void check(Snapshot now) {
        checked = true;
        boolean known = now.variables().keySet().stream().anyMatch(name -> name.startsWith(prefix + "."));
        if (!known) log.warn("UPS [{}]: option 'prefix' is {}, and {} has no such outlet now", ups, prefix, port);
    }

    private void show(Report report, Snapshot now) {
        mirror.show(
                report,
                now.variables().values().stream()
                        .filter(variable -> !Mirror.driversOwn(variable.name()))
                        .map(Mirror::readOnly)
                        .toList(),
                Set.of());
        boolean off =
                now.value(prefix + ".status").filter("off"::equalsIgnoreCase).isPresent();
        if (!off && ending(now)) report.status("FSD");
        now.status().forEach(report::status);
        if (off) report.status("OFF");
    }

    /** Whether a shutdown of the outlet is under way. */
    private boolean ending(Snapshot now) {
        Optional<Double> timer = number(now, ".timer.shutdown");
        Optional<Double> delay = number(now, ".delay.shutdown");
        return timer.isPresent() && delay.isPresent() && timer.get() >= 0 && timer.get() <= delay.get();
    }

    private Optional<Double> number(Snapshot now, String name) {
        return now.value(prefix + name).flatMap(Numbers::read);
    }
}
