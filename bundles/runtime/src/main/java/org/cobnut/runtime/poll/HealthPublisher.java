package org.cobnut.runtime.poll;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import org.cobnut.device.DriverFigures;
import org.cobnut.model.Health;
import org.cobnut.model.Snapshot;
import org.cobnut.runtime.call.DriverCall;
import org.cobnut.runtime.call.MisconfiguredException;
import org.cobnut.runtime.call.Result;
import org.cobnut.runtime.call.RunnerContext;
import org.cobnut.runtime.section.Section;
import org.cobnut.runtime.snapshot.ProtocolText;
import org.cobnut.runtime.snapshot.ReportDraft;
import org.cobnut.runtime.snapshot.SnapshotBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is shown of a device: its health, its snapshot, and the log lines when either turns. Called in turn. */
final class HealthPublisher {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final Logger log = LoggerFactory.getLogger(HealthPublisher.class);

    private final String ups;
    private final RunnerContext engine;
    private final SnapshotBuilder snapshots;
    private final ChangeNotifier notices;
    private final DriverCounter counter;
    private volatile Snapshot snapshot;
    private @Nullable Instant since;
    private boolean told;
    private boolean blind;
    private boolean checked;

    HealthPublisher(RunnerContext engine, SnapshotBuilder snapshots, ChangeNotifier notices, DriverCounter counter) {
        this.ups = snapshots.driverVariables().section().ups();
        this.engine = engine;
        this.snapshots = snapshots;
        this.notices = notices;
        this.counter = counter;
        snapshot = Snapshot.empty(engine.wall().instant(), new Health.Starting());
    }

    /** Any thread. */
    Snapshot snapshot() {
        return snapshot;
    }

    /** Any thread. */
    DriverFigures figures() {
        return counter.figures();
    }

    SnapshotBuilder snapshots() {
        return snapshots;
    }

    /** The device is open. */
    void opened() {
        counter.opened();
    }

    /** The thread of a call is back, in time or not. */
    void ended(DriverCall<?> call) {
        if (call.kind() == DriverCall.Kind.POLL) counter.polled(call.took());
    }

    /** A poll ended well, though its values may be stale. */
    void good(ReportDraft draft) {
        Instant now = engine.wall().instant();
        boolean news = snapshots.accept(draft, now);
        if (!news && draft.stale().isEmpty() && snapshot.health() instanceof Health.Fresh) return;
        boolean blindNow = snapshots.blindToLowBattery();
        if (blindNow && !blind)
            log.error("UPS [{}]: ignorelb is set, but there is no low limit to compare; LB will not be seen", ups);
        blind = blindNow;
        Optional<String> stale = draft.stale().map(ProtocolText::value);
        if (stale.isPresent()) stale(stale.get(), now);
        else fresh();
        if (!checked) checkShutdown();
    }

    /** What would otherwise show only when the load is to be switched off. */
    private void checkShutdown() {
        checked = true;
        Section section = snapshots.driverVariables().section();
        Set<String> offered = snapshot.commands();
        for (String command : section.shutdowns())
            if (!offered.contains(command))
                log.warn(
                        "{}: sdcommands names '{}', which this device does not offer; it offers {}",
                        section,
                        command,
                        String.join(", ", offered));
    }

    /** A call failed; the next try comes after so long, or never when there is no saying. */
    void failing(Throwable failure, Optional<Duration> next) {
        if (failure instanceof MisconfiguredException) told = true; // each fault was named where it was found
        if (!told && !(failure instanceof IOException))
            log.error(
                    "UPS [{}]: its driver {} has a fault",
                    ups,
                    snapshots.driverVariables().section().driver(),
                    failure);
        failing(Result.reason(failure), next);
    }

    /** The same, where nothing was thrown. */
    void failing(String reason, Optional<Duration> next) {
        Instant now = engine.wall().instant();
        if (since == null) since = now;
        counter.failed(reason, now);
        if (!told) log.warn("UPS [{}]: no answer since {} ({})", ups, seconds(since), reason);
        else log.debug("UPS [{}]: still no answer ({})", ups, reason);
        told = true;
        publish(new Health.Reconnecting(since, reason, next.map(now::plus).orElse(Instant.MAX)));
    }

    /** No answer yet, but there is still time. Nothing for the log: it may just be slow. */
    void late(DriverCall.Kind kind, Duration deadline) {
        Health health = snapshot.health();
        if (!(health instanceof Health.Fresh || health instanceof Health.Stale)) return;
        Instant now = engine.wall().instant();
        Instant asked = now.minus(DriverCall.LATE);
        if (since == null) since = asked;
        publish(new Health.Reconnecting(since, "no answer to " + kind + " yet", asked.plus(deadline)));
    }

    /** Something but the readings or the health has changed. */
    void refresh() {
        publish(snapshot.health());
    }

    private void fresh() {
        if (told) log.info("UPS [{}]: answers again", ups);
        since = null;
        told = false;
        publish(new Health.Fresh());
    }

    private void stale(String reason, Instant now) {
        Instant from = snapshot.health() instanceof Health.Stale before ? before.began() : now;
        if (!(snapshot.health() instanceof Health.Stale))
            log.warn("UPS [{}]: no true values since {} ({})", ups, seconds(from), reason);
        since = from;
        told = true;
        counter.failed(reason, now);
        publish(new Health.Stale(from, reason));
    }

    private void publish(Health health) {
        Snapshot before = snapshot;
        Snapshot after = snapshots.view(health, engine.wall().instant());
        if (SnapshotBuilder.same(before, after)) return;
        snapshot = after;
        notices.add(before, after);
    }

    private static String seconds(Instant instant) {
        return TIME.format(instant.atZone(ZoneId.systemDefault()));
    }
}
