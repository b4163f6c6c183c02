package org.cobnut.drivers.usbhid;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.drivers.usbhid.subdriver.Address;
import org.cobnut.model.Outcome;
import org.cobnut.table.Known;
import org.cobnut.table.Row.Field;
import org.cobnut.table.RowOrigin;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One UPS, open: its table, what it sends by itself, and what its flags mean. */
final class HidSession implements Session {
    private static final Logger log = LoggerFactory.getLogger(HidSession.class);

    /** What is tried when the host goes down, in this order. */
    private static final List<String> SHUTDOWNS =
            List.of("shutdown.return", "shutdown.reboot", "load.off.delay", "shutdown.stayoff");

    private static final double NANOS = 1e9;

    /** When a value in doubt is asked for again. */
    private static final Duration CONFIRMED_AFTER = Duration.ofSeconds(1);

    private final OpenDevice device;
    private final Config config;
    private final LongSupplier clock;
    private final TableSession<Address> session;
    private final Table<Address> rows;
    private final LowBatteryDelay low;
    private final JumpFilter jumps = new JumpFilter();
    private Map<String, String> words = Map.of();
    private boolean complete;
    private boolean written;
    private Optional<Long> discharging = Optional.empty();

    /** @param clock nanoseconds that only grow */
    HidSession(OpenDevice device, Config config, LongSupplier clock) {
        this.device = device;
        this.config = config;
        this.clock = clock;
        this.rows = device.table();
        this.session = new TableSession<>(device.wire(), rows);
        this.low = new LowBatteryDelay(
                config.rules(), device.link().identity().product().orElse(""));
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        device.reports().drain();
        boolean memory = config.interruptOnly() || (due == Due.EVENT && complete && !written);
        device.wire().begin(memory);
        if (memory) session.read(Due.FULL); // all rows, for the device may have sent any; none is asked for
        else {
            complete = session.read(jumps.doubts() ? Due.FULL : due == Due.EVENT ? Due.QUICK : due);
            written = false;
        }
        report.set("driver.version.data", device.title());
        session.publish(report);
        status(report);
        boolean calm = words.containsKey("OL") && !words.containsKey("DISCHRG");
        jumps.held(session.known(), calm, !memory).forEach(report::set);
        if (jumps.doubts()) report.again(CONFIRMED_AFTER);
    }

    private void status(Report report) {
        Known known = session.known();
        words = StatusRules.words(known, config.rules(), low.counts(known, clock.getAsLong()));
        words.keySet().forEach(report::status);
        StatusRules.alarms(known).forEach(report::alarm);
        StatusRules.transferReason(known)
                .ifPresentOrElse(
                        reason -> report.set("input.transfer.reason", reason),
                        () -> report.remove("input.transfer.reason"));
        warn(known);
    }

    /** Says that the flags contradict each other: when that begins, and then as often as the section wants. */
    private void warn(Known known) {
        if (!StatusRules.contradicts(known)) {
            discharging = Optional.empty();
            return;
        }
        long now = clock.getAsLong();
        long silence = config.rules().dischargeLogSeconds();
        boolean due = discharging.isEmpty()
                || (silence > 0 && (now - discharging.get()) / NANOS >= silence && !hovers(known));
        if (!due) return;
        boolean first = discharging.isEmpty();
        discharging = Optional.of(now);
        if (first || silence > 0)
            log.warn(
                    "UPS [{}]: it is on line and discharges its battery; {}",
                    config.ups(),
                    "onlinedischarge_onbattery takes that for an outage, onlinedischarge_calibration for a calibration");
    }

    private boolean hovers(Known known) {
        return known.number("battery.charge")
                .filter(charge -> charge >= config.rules().dischargeLogCharge())
                .isPresent();
    }

    /** Where what it shows comes from, status words included. */
    List<RowOrigin> origins() {
        var origins = new ArrayList<>(session.origins());
        words.forEach((word, flag) -> source(flag)
                .ifPresent(line -> origins.add(new RowOrigin(RowOrigin.Use.STATUS, word, Optional.of(line)))));
        return List.copyOf(origins);
    }

    /** The file and line of the row that a value without a dot comes from: the last of its name. */
    private Optional<String> source(String name) {
        Optional<String> line = Optional.empty();
        for (Field<Address> field : rows.<Field<Address>>all(Field.class))
            if (field.name().equals(name)) line = field.source().origin();
        return line;
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        written = true;
        device.wire().begin(false);
        return session.set(variable, value);
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        written = true;
        device.wire().begin(false);
        return command.equalsIgnoreCase("shutdown.default") ? shutDown() : session.run(command, argument);
    }

    /** The host goes down: the first of the ways that this device has and takes; none after one that it may have obeyed. */
    private Outcome shutDown() throws IOException {
        Outcome outcome = Outcome.unknown();
        for (String command : SHUTDOWNS) {
            String wait = command.equals("load.off.delay")
                    ? session.known().value(DeviceTable.OFF_DELAY).orElse("")
                    : "";
            outcome = session.run(command, wait);
            if (outcome.code() == Outcome.Code.HANDLED || outcome.equals(HidWire.UNCLEAR)) return outcome;
        }
        return outcome;
    }

    @Override
    public void close() {
        session.close();
    }
}
