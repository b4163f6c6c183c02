package org.cobnut.drivers.virtual;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows another device with timers and limits of its own, and switches an outlet of it (clone(8)). */
final class CloneSession implements Session {
    private static final Logger log = LoggerFactory.getLogger(CloneSession.class);
    private static final String CHARGE = "battery.charge";
    private static final String RUNTIME = "battery.runtime";
    private static final String LOW = ".low";
    private static final String RETURN = "shutdown.return";
    private static final String STAY_OFF = "shutdown.stayoff";
    private static final Set<String> COMMANDS = Set.of(RETURN, STAY_OFF);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Settings settings;
    private final Links links;
    private final LongSupplier nanos;
    private final Outlet outlet;
    private final Mirror mirror = new Mirror();
    private double lowCharge;
    private double lowRuntime;
    private long polledAt;
    private boolean powered;
    private boolean checked;
    private Optional<Snapshot> last = Optional.empty();
    private Optional<Outlet.Turn> due = Optional.empty();
    private Optional<String> failure = Optional.empty();

    CloneSession(Settings settings, Links links, LongSupplier nanos) {
        this.settings = settings;
        this.links = links;
        this.nanos = nanos;
        outlet = new Outlet(seconds("offdelay"), seconds("ondelay"));
        lowCharge = limit("mincharge");
        lowRuntime = limit("minruntime");
        polledAt = nanos.getAsLong();
    }

    @Override
    public void poll(Report report, Due asked) throws IOException {
        var upstream = Upstream.of(links, settings.port());
        if (upstream.known()) last = upstream.snapshot();
        powered = upstream.fresh()
                && last.filter(now -> now.status().contains("OL")).isPresent();
        if (upstream.fresh()) last.ifPresent(this::watch);
        if (upstream.fresh() && !checked) last.ifPresent(this::check);
        pass();
        if (due.isPresent() && upstream.device().isPresent()) turn(upstream, due.get());
        show(report);
        if (!upstream.fresh()) report.stale(upstream.trouble());
        if (outlet.counts()) report.again(TICK);
    }

    @Override
    public Outcome set(String variable, String value) {
        Optional<Double> limit = Numbers.read(value).filter(number -> number >= 0);
        if (limit.isEmpty()) return Outcome.invalid(value + " is no limit");
        switch (variable.toLowerCase(Locale.ROOT)) {
            case CHARGE + LOW -> lowCharge = limit.get();
            case RUNTIME + LOW -> lowRuntime = limit.get();
            default -> {
                return Outcome.unknown();
            }
        }
        links.wake();
        return Outcome.handled();
    }

    @Override
    public Outcome run(String command, String argument) {
        if (!COMMANDS.contains(command)) return Outcome.unknown();
        pass(); // so that what is ordered now counts from now
        outlet.shutdown(command.equals(RETURN));
        failure = Optional.empty();
        links.wake();
        return Outcome.handled();
    }

    /** What would otherwise show only when the outlet is to be switched. */
    private void check(Snapshot now) {
        checked = true;
        for (String option : List.of("load.off", "load.on"))
            settings.text(option)
                    .filter(command -> !now.commands().contains(command))
                    .ifPresent(command -> missing(option, command, "command"));
        settings.text("load.status")
                .filter(variable -> now.value(variable).isEmpty())
                .ifPresent(variable -> missing("load.status", variable, "variable"));
    }

    private void missing(String option, String name, String what) {
        log.warn(
                "UPS [{}]: option '{}' names '{}', and {} has no such {} now",
                settings.ups(),
                option,
                name,
                settings.port(),
                what);
    }

    private void watch(Snapshot now) {
        settings.text("load.status")
                .flatMap(now::value)
                .flatMap(CloneSession::on)
                .ifPresent(outlet::seen);
        boolean low = below(now, CHARGE, lowCharge) || below(now, RUNTIME, lowRuntime);
        if (!powered && low && outlet.idle()) outlet.shutdown(true);
    }

    private void pass() {
        long now = nanos.getAsLong();
        Optional<Outlet.Turn> turn = outlet.pass(Duration.ofNanos(now - polledAt), powered);
        if (turn.isPresent()) due = turn;
        polledAt = now;
    }

    /** Asked for once; whether it was heeded is told until the next order, for somebody must see to it. */
    private void turn(Upstream upstream, Outlet.Turn turn) throws IOException {
        due = Optional.empty();
        Optional<String> command = settings.text(turn == Outlet.Turn.OFF ? "load.off" : "load.on");
        if (command.isEmpty()) return;
        Outcome outcome = upstream.run(command.get(), "");
        failure = outcome.code() == Outcome.Code.HANDLED
                ? Optional.empty()
                : Optional.of("%s: %s %s".formatted(command.get(), outcome.code(), outcome.reason()));
    }

    private void show(Report report) {
        var shown = new ArrayList<Variable>();
        last.map(now -> now.variables().values().stream())
                .orElse(Stream.of())
                .filter(variable -> !own(variable.name()))
                .map(Mirror::readOnly)
                .forEach(shown::add);
        last.flatMap(now -> now.value(CHARGE)).ifPresent(has -> shown.add(limit(CHARGE, lowCharge, 3)));
        last.flatMap(now -> now.value(RUNTIME)).ifPresent(has -> shown.add(limit(RUNTIME, lowRuntime, 4)));
        shown.add(plain("ups.delay.shutdown", Long.toString(settings.number("offdelay"))));
        shown.add(plain("ups.delay.start", Long.toString(settings.number("ondelay"))));
        shown.add(plain("ups.timer.shutdown", outlet.shutdownTimer()));
        shown.add(plain("ups.timer.start", outlet.startTimer()));
        mirror.show(report, shown, COMMANDS);
        if (outlet.fsd()) report.status("FSD");
        last.map(Snapshot::status).orElse(List.of()).forEach(report::status);
        failure.ifPresent(report::alarm);
    }

    /** What a clone says itself, and not from below. */
    private static boolean own(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Mirror.driversOwn(name)
                || lower.equals(CHARGE + LOW)
                || lower.equals(RUNTIME + LOW)
                || lower.startsWith("ups.delay.")
                || lower.startsWith("ups.timer.");
    }

    private static Optional<Boolean> on(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "on", "yes" -> Optional.of(true);
            case "off", "no" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static boolean below(Snapshot now, String variable, double limit) {
        return now.value(variable)
                .flatMap(Numbers::read)
                .filter(number -> number < limit)
                .isPresent();
    }

    private static Variable limit(String variable, double value, int length) {
        return new Variable(variable + LOW, Numbers.show(value), VarType.text(length));
    }

    private static Variable plain(String name, String value) {
        return new Variable(name, value, VarType.READ_ONLY);
    }

    private Duration seconds(String option) {
        return Duration.ofSeconds(settings.number(option));
    }

    private double limit(String option) {
        Optional<String> text = settings.text(option);
        if (text.isEmpty()) return 0;
        Optional<Double> limit = text.flatMap(Numbers::leading);
        if (limit.isEmpty() || Numbers.read(text.get()).isEmpty())
            log.warn(
                    "UPS [{}]: option '{}' wants a number, not '{}'; {} counts",
                    settings.ups(),
                    option,
                    text.get(),
                    Numbers.show(limit.orElse(0.0)));
        return limit.orElse(0.0);
    }
}
