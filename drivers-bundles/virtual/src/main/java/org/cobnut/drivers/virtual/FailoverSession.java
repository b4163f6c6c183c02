package org.cobnut.drivers.virtual;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the best of several devices, and says what is wrong when none is fit (failover(8)). */
final class FailoverSession implements Session {
    private static final Logger log = LoggerFactory.getLogger(FailoverSession.class);
    private static final String SOCKET = "driver.primary.sockname";
    private static final String PRIORITY = "driver.primary.priority";
    private static final Duration TICK = Duration.ofSeconds(1);
    /** How long an alarm stands before the values become stale, so that everybody has seen it. */
    private static final Duration SPREAD = Duration.ofSeconds(5);

    private final Settings settings;
    private final List<String> ports;
    private final Links links;
    private final LongSupplier nanos;
    private final Ranking ranking;
    private final Overrides overrides = new Overrides();
    private final Mirror mirror = new Mirror();
    private final Map<String, Long> answered = new HashMap<>();
    private final long start;
    private Optional<String> primary = Optional.empty();
    private Optional<Snapshot> last = Optional.empty();
    private long chosenAt;

    FailoverSession(Settings settings, List<String> ports, Links links, LongSupplier nanos) {
        this.settings = settings;
        this.ports = List.copyOf(ports);
        this.links = links;
        this.nanos = nanos;
        ranking = Ranking.of(settings);
        start = nanos.getAsLong();
        chosenAt = start;
    }

    @Override
    public void poll(Report report, Due due) {
        long now = nanos.getAsLong();
        List<Upstream> upstreams =
                ports.stream().map(port -> Upstream.of(links, port)).toList();
        Optional<Upstream> best = ranking.best(
                        upstreams.stream().map(one -> candidate(one, now)).toList())
                .flatMap(candidate -> upstreams.stream()
                        .filter(one -> one.port().equals(candidate.port()))
                        .findFirst());
        best.ifPresent(one -> choose(one, now));
        tellPrimary(report, best.flatMap(one -> priority(one, now)));
        if (best.isEmpty()) none(report, troubles(upstreams), now);
        else if (!best.get().fresh()) report.stale(best.get().trouble());
        show(report);
        boolean waiting = upstreams.stream().anyMatch(one -> one.known() && !one.fresh());
        if (best.isEmpty() || waiting || overrides.counts()) report.again(TICK);
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        return shown().set(Proxy.below(variable), value);
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        if (!Overrides.commands(ports).contains(command)) return shown().run(Proxy.below(command), argument);
        Outcome outcome = overrides.take(command, argument, nanos.getAsLong());
        links.wake();
        return outcome;
    }

    private Candidate candidate(Upstream one, long now) {
        Optional<Snapshot> snapshot = one.snapshot();
        if (one.answers()) answered.put(one.port(), now);
        boolean dead = now - answered.getOrDefault(one.port(), start)
                > seconds("deadtime").toNanos();
        return new Candidate(
                one.port(),
                one.known() && !dead,
                one.fresh(),
                snapshot.map(Snapshot::status).orElse(List.of()),
                snapshot.flatMap(values -> values.value("battery.runtime")).flatMap(Numbers::read),
                snapshot.flatMap(values -> values.value("battery.runtime.low")).flatMap(Numbers::read),
                overrides.primary(one.port(), now),
                overrides.ignored(one.port(), now));
    }

    private Optional<Integer> priority(Upstream one, long now) {
        OptionalInt priority = ranking.priority(candidate(one, now));
        return priority.isPresent() ? Optional.of(priority.getAsInt()) : Optional.empty();
    }

    private void tellPrimary(Report report, Optional<Integer> priority) {
        report.remove(SOCKET);
        report.remove(PRIORITY);
        priority.ifPresent(number -> report.set(PRIORITY, number.toString()));
        if (priority.isPresent()) primary.ifPresent(port -> report.set(SOCKET, port));
    }

    private void choose(Upstream one, long now) {
        if (!primary.equals(Optional.of(one.port())))
            log.info(
                    "UPS [{}]: {} is primary{}",
                    settings.ups(),
                    one.port(),
                    primary.map(before -> " instead of " + before).orElse(""));
        primary = Optional.of(one.port());
        last = one.snapshot();
        chosenAt = now;
    }

    private void show(Report report) {
        Set<String> commands = new TreeSet<>(Overrides.commands(ports));
        last.ifPresent(now -> commands.addAll(Proxy.commands(now)));
        mirror.show(report, last.map(Proxy::variables).orElse(List.of()), commands);
        last.map(Snapshot::status).orElse(List.of()).forEach(report::status);
    }

    /** No device is fit: what was known last stands for a while, and then what fsdmode says. */
    private void none(Report report, String troubles, long now) {
        Duration patience = primary.isPresent() ? seconds("noprimarytime") : longer("inittime", "noprimarytime");
        Duration over = Duration.ofNanos(now - chosenAt).minus(patience);
        if (over.isNegative()) {
            if (last.isEmpty()) report.stale(troubles);
            return;
        }
        String mode = settings.text("fsdmode").orElse("0");
        if (!mode.equals("0")) report.alarm("No device is fit: " + troubles);
        // A machine that has just started and has not seen a UPS yet is not shut down for that.
        if (mode.equals("2") && primary.isPresent()) report.status("FSD");
        else if (!mode.equals("1") || over.compareTo(SPREAD) >= 0) report.stale(troubles);
    }

    private static String troubles(List<Upstream> upstreams) {
        return upstreams.stream()
                .map(one -> one.fresh() ? one.port() + " is ruled out" : one.trouble())
                .collect(Collectors.joining("; "));
    }

    private Upstream shown() {
        return Upstream.of(links, primary.orElse(ports.get(0)));
    }

    private Duration seconds(String option) {
        return Duration.ofSeconds(settings.number(option));
    }

    private Duration longer(String one, String other) {
        return Duration.ofSeconds(Math.max(settings.number(one), settings.number(other)));
    }
}
