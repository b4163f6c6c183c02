package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.drivers.megatec.dialect.Config;
import org.cobnut.drivers.megatec.dialect.Dialect;
import org.cobnut.drivers.megatec.dialect.MegatecWire;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.drivers.megatec.wire.Connection;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;
import org.cobnut.table.BatteryEstimator;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Row.Setting;
import org.cobnut.table.RowOrigin;
import org.cobnut.table.TableSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One UPS of the family, whatever its dialect: its table, the options that it is given, and what its battery is worth. */
final class MegatecSession implements Session {
    /** So often a UPS may refuse a shutdown before it is believed. */
    private static final int REFUSALS = 3;

    private static final double NANOS = 1e9;

    private static final Logger log = LoggerFactory.getLogger(MegatecSession.class);

    private final TableSession<Address> table;
    private final Dialect dialect;
    private final Config config;
    private final LongSupplier clock;
    private final Known known;
    private final BatteryEstimator battery;
    private final Deque<Setting<Address>> unapplied;
    private final Optional<UsbIdentity> usb;
    private long lastPoll;

    /** @param clock nanoseconds that only grow */
    MegatecSession(Connection line, Dialect dialect, Config config, LongSupplier clock) {
        var wire = new MegatecWire(line, dialect);
        this.table = new TableSession<>(wire, dialect.table(config));
        wire.fillFrom(table.known());
        this.usb = line.usb();
        this.dialect = dialect;
        this.config = config;
        this.clock = clock;
        this.known = table.known();
        this.battery = new BatteryEstimator(config.battery());
        this.unapplied = new ArrayDeque<>(dialect.options());
        this.lastPoll = clock.getAsLong();
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        long now = clock.getAsLong();
        if (table.read(due)) applyGivenSettings();
        report.set("driver.version.data", dialect.title());
        usb.ifPresent(device -> {
            report.set("ups.vendorid", "%04x".formatted(device.vendorId()));
            report.set("ups.productid", "%04x".formatted(device.productId()));
        });
        if (config.pollfreq() > 0) report.set("driver.parameter.pollfreq", Long.toString(config.pollfreq()));
        table.publish(report);
        estimate(report, (now - lastPoll) / NANOS);
        lastPoll = now;
    }

    /** Where what it shows comes from. */
    List<RowOrigin> origins() {
        return table.origins();
    }

    /** A UPS that has the value already hears nothing: some write to a memory that wears out. */
    @Override
    public Outcome set(String variable, String value) throws IOException {
        for (Row<Address> row : dialect.rows())
            if (row instanceof Setting<Address> setting
                    && setting.name().contains(".")
                    && setting.name().equalsIgnoreCase(variable)
                    && setting.type().apply(known).isPresent()
                    && known.is(setting.name(), value)) return Outcome.handled();
        return table.set(variable, value);
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        return command.equalsIgnoreCase("shutdown.default") ? shutDown() : table.run(command, argument);
    }

    /**
     * The host goes down: a UPS with a shutdown pending takes no other, so that one is called off first, once: a UPS that says no
     * to that has none pending.
     */
    private Outcome shutDown() throws IOException {
        table.run("shutdown.stop", "");
        return insist(config.stayoff() ? "shutdown.stayoff" : "shutdown.return");
    }

    /** Again while the UPS says no; never after it said nothing, for then it may have obeyed. */
    private Outcome insist(String command) throws IOException {
        Outcome outcome = table.run(command, "");
        for (int i = 1;
                i < REFUSALS && outcome.code() == Outcome.Code.FAILED && !outcome.equals(MegatecWire.UNCLEAR);
                i++) outcome = table.run(command, "");
        return outcome;
    }

    @Override
    public void close() {
        table.close();
    }

    /** The dialect's settings that are no variables are written once, when the section of ups.conf has them. */
    private void applyGivenSettings() throws InterruptedIOException {
        for (Setting<Address> next = unapplied.poll(); next != null; next = unapplied.poll()) {
            String value = config.given().get(next.name());
            Optional<String> refusal = value == null ? Optional.empty() : refusal(next, value);
            if (refusal.isPresent())
                log.warn("UPS [{}]: option '{}' is not set: {}", config.ups(), next.name(), refusal.get());
        }
    }

    /** Writes a setting that the UPS has otherwise; says why it could not, which is no reason to leave out the next. */
    private Optional<String> refusal(Setting<Address> setting, String value) throws InterruptedIOException {
        Optional<VarType> type = setting.type().apply(known);
        if (type.isEmpty()) return Optional.of("this UPS has none, or none that can be set now");
        if (!takes(type.get(), value)) return Optional.of("this UPS does not take " + value);
        if (known.is(setting.name(), value)) return Optional.empty();
        try {
            Outcome outcome = table.write(setting, value);
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
                || Numbers.parse(value)
                        .filter(number -> type.ranges().stream().anyMatch(range -> range.holds(number.longValue())))
                        .isPresent();
    }

    private void estimate(Report report, double elapsed) {
        Optional<Double> volts = known.number("battery.voltage");
        BatteryEstimator.Estimate estimate = battery.estimate(
                volts,
                known.number("battery.voltage.nominal"),
                known.number("ups.load"),
                table.status().contains("OB"),
                elapsed);
        if (config.onePack() || battery.cell())
            volts.ifPresent(volt -> report.set("battery.voltage", Numbers.format(volt * battery.packs(), 2)));
        bound(report, "battery.voltage.low", estimate.low());
        bound(report, "battery.voltage.high", estimate.high());
        if (known.has("battery.charge")) return;
        estimate.charge().ifPresent(charge -> report.set("battery.charge", Numbers.format(charge, 0)));
        if (known.has("battery.runtime")) return;
        estimate.runtime().ifPresent(runtime -> report.set("battery.runtime", Numbers.format(runtime, 0)));
    }

    /** Shows a bound of the voltage that the UPS does not tell. */
    private void bound(Report report, String name, Optional<Double> volts) {
        if (!known.has(name)) volts.ifPresent(volt -> report.set(name, Numbers.format(volt, 2)));
    }
}
