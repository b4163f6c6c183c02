package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.drivers.megatec.Query.When;
import org.cobnut.drivers.megatec.Row.Order;
import org.cobnut.drivers.megatec.Row.Setting;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One UPS of the family, whatever its dialect. */
final class MegatecSession implements Session {
    /** Questions that may stay without an answer in one poll; the others wait for the next, within its deadline. */
    private static final int PATIENCE = 6;

    /** So often a UPS may refuse a shutdown before it is believed. */
    private static final int REFUSALS = 3;

    private static final Outcome UNCLEAR = Outcome.failed("the UPS did not acknowledge");
    private static final double NANOS = 1e9;

    private static final Logger log = LoggerFactory.getLogger(MegatecSession.class);

    private final Line line;
    private final Table table;
    private final Config config;
    private final LongSupplier clock;
    private final Readings readings;
    private final Battery battery;
    private final Set<Query> answered = new HashSet<>();
    private final Set<Query> unheard = new HashSet<>();
    private Delays delays;
    private boolean changed = true;
    private boolean pending = true;
    private final Deque<Setting> unapplied;
    private long lastFull;
    private long lastPoll;

    /** @param clock nanoseconds that only grow */
    MegatecSession(Line line, Table table, Config config, LongSupplier clock) {
        this.line = line;
        this.table = table;
        this.config = config;
        this.clock = clock;
        this.readings = new Readings(table);
        this.battery = new Battery(config.battery());
        this.delays = Delays.of(config, table.limits());
        this.lastPoll = clock.getAsLong();
        this.unapplied = new ArrayDeque<>(table.all(Setting.class));
    }

    @Override
    public void poll(Report report) throws IOException {
        long now = clock.getAsLong();
        boolean all = changed || pending || now - lastFull >= config.pollfreq() * NANOS;
        boolean whole = read(all);
        if (all) {
            pending = !whole;
            changed &= pending;
            lastFull = now;
        }
        if (whole) applyGivenSettings();
        publish(report, (now - lastPoll) / NANOS);
        lastPoll = now;
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        try {
            if (config.adjustable() && variable.equalsIgnoreCase(Delays.SHUTDOWN)) {
                delays = delays.withShutdown(Values.whole(value));
                return Outcome.handled();
            }
            if (config.adjustable() && variable.equalsIgnoreCase(Delays.START)) {
                delays = delays.withStart(Values.whole(value));
                return Outcome.handled();
            }
            Optional<Setting> setting =
                    table.setting(variable).filter(row -> row.name().contains("."));
            if (setting.flatMap(row -> row.type().apply(readings)).isEmpty()) return Outcome.unknown();
            return send(setting.get().wire().apply(value));
        } catch (IllegalArgumentException e) {
            return Outcome.invalid(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        if (command.equalsIgnoreCase("shutdown.default")) return shutDown();
        Optional<Order> order = table.order(command).filter(row -> row.need().test(readings));
        if (order.isEmpty()) return Outcome.unknown();
        try {
            return send(order.get().wire().of(argument, delays, readings));
        } catch (IllegalArgumentException e) {
            return Outcome.invalid(String.valueOf(e.getMessage()));
        }
    }

    /** The host goes down: a UPS with a shutdown pending takes no other, so that one is called off first. */
    private Outcome shutDown() throws IOException {
        insist("shutdown.stop");
        return insist(config.stayoff() ? "shutdown.stayoff" : "shutdown.return");
    }

    /** Again while the UPS says no; never after it said nothing, for then it may have obeyed. */
    private Outcome insist(String command) throws IOException {
        Outcome outcome = run(command, "");
        for (int i = 1; i < REFUSALS && outcome.code() == Outcome.Code.FAILED && !outcome.equals(UNCLEAR); i++)
            outcome = run(command, "");
        return outcome;
    }

    @Override
    public void close() {
        line.close();
    }

    /** Asks what is due; false when patience ended before the list did. */
    private boolean read(boolean all) throws IOException {
        int misses = 0;
        for (Query query : table.queries()) {
            if (!due(query, all)) continue;
            if (misses == PATIENCE && query.when() != When.QUICK) return false;
            if (!read(query)) misses++;
        }
        return true;
    }

    private boolean due(Query query, boolean all) {
        if (unheard.contains(query) || !query.need().test(readings)) return false;
        if (config.skipVendor() && table.vendor().contains(query)) return false;
        if (config.skipRating() && table.rating().contains(query)) return false;
        return switch (query.when()) {
            case QUICK -> true;
            case FULL -> all;
            case SEMI -> changed || !answered.contains(query);
            case STATIC -> !answered.contains(query);
        };
    }

    /** One question. What was never answered is not asked again; what was and is not now, is not known now. */
    private boolean read(Query query) throws IOException {
        try {
            readings.take(query, line.ask(query));
            answered.add(query);
            return true;
        } catch (NoAnswerException | UnfitAnswerException e) {
            if (query.when() == When.QUICK)
                throw new IOException(table.title() + ", " + query.text() + ": " + e.getMessage(), e);
            readings.forget(query);
            if (!answered.contains(query)) unheard.add(query);
            return false;
        }
    }

    /** The dialect's settings that are no variables are written once, when the section of ups.conf has them. */
    private void applyGivenSettings() throws InterruptedIOException {
        for (Setting next = unapplied.poll(); next != null; next = unapplied.poll()) {
            String name = next.name();
            String value = config.given().get(name);
            if (name.contains(".") || value == null) continue;
            Optional<String> refusal = refusal(next, value);
            if (refusal.isPresent())
                log.warn("UPS [{}]: option '{}' is not set: {}", config.ups(), name, refusal.get());
        }
    }

    /** Writes a setting that the UPS has otherwise; says why it could not, which is no reason to leave out the next. */
    private Optional<String> refusal(Setting setting, String value) throws InterruptedIOException {
        Optional<VarType> type = setting.type().apply(readings);
        if (type.isEmpty()) return Optional.of("this UPS has none, or none that can be set now");
        if (!takes(type.get(), value)) return Optional.of("this UPS does not take " + value);
        if (readings.is(setting.name(), value)) return Optional.empty();
        try {
            Outcome outcome = send(setting.wire().apply(value));
            return Optional.of(outcome.reason()).filter(reason -> outcome.code() != Outcome.Code.HANDLED);
        } catch (InterruptedIOException ended) {
            throw ended;
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static boolean takes(VarType type, String value) {
        if (!type.choices().isEmpty()) return type.choices().contains(value);
        return type.ranges().isEmpty()
                || Values.number(value)
                        .filter(number -> type.ranges().stream().anyMatch(range -> range.holds(number.longValue())))
                        .isPresent();
    }

    private Outcome send(String wire) throws IOException {
        changed = true;
        String reply = line.command(wire).orElse("");
        boolean done =
                switch (table.replies()) {
                    case SILENCE -> reply.isEmpty();
                    case SILENCE_OR_ACK -> reply.isEmpty() || acknowledges(reply);
                    case ACK -> acknowledges(reply);
                };
        if (done) return Outcome.handled();
        return reply.isEmpty() ? UNCLEAR : Outcome.failed("the UPS answered '" + reply + "'");
    }

    private static boolean acknowledges(String reply) {
        String word = reply.toUpperCase(Locale.ROOT);
        return word.equals("ACK") || word.equals("(ACK");
    }

    private void publish(Report report, double elapsed) {
        report.set("driver.version.data", table.title());
        if (config.pollfreq() > 0) report.set("driver.parameter.pollfreq", Long.toString(config.pollfreq()));
        for (Map.Entry<String, Optional<String>> variable : readings.variables().entrySet())
            publish(report, variable.getKey(), variable.getValue());
        List<String> status = readings.status();
        for (String word : status) if (!(config.ignoreShutdownActive() && word.equals("FSD"))) report.status(word);
        readings.alarms().forEach(report::alarm);
        guess(report, status.contains("OB"), elapsed);
        delay(
                report,
                Delays.SHUTDOWN,
                delays.shutdown(),
                delays.limits().minShutdown(),
                delays.limits().maxShutdown());
        delay(
                report,
                Delays.START,
                delays.start(),
                delays.limits().minStart(),
                delays.limits().maxStart());
        for (Order order : table.all(Order.class)) {
            if (order.need().test(readings)) report.command(order.command());
            else report.removeCommand(order.command());
        }
    }

    private void publish(Report report, String name, Optional<String> value) {
        if (value.isEmpty()) {
            report.remove(name);
            return;
        }
        Optional<VarType> type =
                table.setting(name).flatMap(setting -> setting.type().apply(readings));
        report.set(name, value.get(), type.orElse(VarType.READ_ONLY));
    }

    private void delay(Report report, String name, long seconds, long min, long max) {
        report.set(name, Long.toString(seconds), config.adjustable() ? VarType.number(min, max) : VarType.READ_ONLY);
    }

    private void guess(Report report, boolean onBattery, double elapsed) {
        Optional<Double> volts = readings.number("battery.voltage");
        Battery.Guess guess = battery.look(
                volts, readings.number("battery.voltage.nominal"), readings.number("ups.load"), onBattery, elapsed);
        if (config.onePack() || battery.cell())
            volts.ifPresent(volt -> report.set("battery.voltage", Values.format(volt * battery.packs(), 2)));
        if (readings.has("battery.charge")) return;
        guess.low().ifPresent(volt -> report.set("battery.voltage.low", Values.format(volt, 2)));
        guess.high().ifPresent(volt -> report.set("battery.voltage.high", Values.format(volt, 2)));
        guess.charge().ifPresent(charge -> report.set("battery.charge", Values.format(charge, 0)));
        if (readings.has("battery.runtime")) return;
        guess.runtime().ifPresent(runtime -> report.set("battery.runtime", Values.format(runtime, 0)));
    }
}
