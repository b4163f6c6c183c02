package org.cobnut.drivers.riello;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Report;
import org.cobnut.driver.Settings;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;

/**
 * What a section of ups.conf says of the battery, and the estimate that it may ask for: small units tell neither charge nor
 * runtime. Volts throughout.
 *
 * @param calculate whether charge and runtime come from the battery's voltage, whatever the UPS tells
 */
record BatteryOptions(boolean calculate, Optional<Double> nominal, Optional<Double> low, Optional<Double> high) {
    private static final String NOMINAL = "battery.voltage.nominal";
    private static final String LOW = "battery.voltage.low";
    private static final String HIGH = "battery.voltage.high";

    /** A battery of 12 V, empty and full. */
    private static final double BLOCK = 12;

    private static final double EMPTY_BLOCK = 10.4;
    private static final double FULL_BLOCK = 13;

    static final Options OPTIONS = new Options(list());

    static List<Option> list() {
        var options = new ArrayList<>(
                List.of(Option.flag("localcalculation", "Charge and runtime come from the battery's voltage")));
        for (String variable : List.of(NOMINAL, LOW, HIGH)) {
            options.add(Option.text("default." + variable, "What counts until the UPS says itself"));
            options.add(Option.text("override." + variable, "What counts whatever the UPS says"));
        }
        return options;
    }

    static BatteryOptions of(Settings settings) {
        return new BatteryOptions(
                settings.flag("localcalculation"),
                stated(settings, NOMINAL),
                stated(settings, LOW),
                stated(settings, HIGH));
    }

    /** An override counts before a default. */
    private static Optional<Double> stated(Settings settings, String variable) {
        return settings.text("override." + variable)
                .or(() -> settings.text("default." + variable))
                .flatMap(Numbers::leading)
                .filter(volts -> volts > 0);
    }

    /** Tells the bounds of the battery's voltage, and the estimate if it is asked for. */
    void publish(Report report, Known known) {
        Optional<Double> volts = nominal.or(() -> known.number(NOMINAL));
        Optional<Double> blocks = volts.map(volt -> Math.max(1, Math.floor(volt / BLOCK)));
        Optional<Double> empty = low.or(() -> blocks.map(count -> count * EMPTY_BLOCK));
        Optional<Double> full = high.or(() -> blocks.map(count -> count * FULL_BLOCK));
        empty.ifPresent(volt -> report.set(LOW, Numbers.format(volt, 1)));
        full.ifPresent(volt -> report.set(HIGH, Numbers.format(volt, 1)));
        if (!calculate || empty.isEmpty() || full.isEmpty() || tenths(full.get()) <= tenths(empty.get())) return;
        known.number("battery.voltage").ifPresent(now -> {
            long charge = charge(tenths(now), tenths(empty.get()), tenths(full.get()));
            report.set("battery.charge", Long.toString(charge));
            runtime(known, charge / 100.)
                    .ifPresent(runtime -> report.set("battery.runtime", Numbers.format(runtime, 0)));
        });
    }

    private static long tenths(double volts) {
        return Math.round(volts * 10);
    }

    private static long charge(long now, long empty, long full) {
        return Math.max(0, Math.min(100, (now - empty) * 100 / (full - empty)));
    }

    /** Seconds: what is in the battery, over what is drawn from it. */
    private static Optional<Double> runtime(Known known, double charge) {
        Optional<Double> capacity = known.number("battery.capacity");
        Optional<Double> volts = known.number(NOMINAL);
        Optional<Double> power = known.number("ups.realpower.nominal");
        if (capacity.isEmpty() || volts.isEmpty() || power.isEmpty()) return Optional.empty();
        double load = known.number("ups.load").filter(percent -> percent > 0).orElse(100.) / 100;
        return Optional.of(capacity.get() * volts.get() * 3600 / power.get() * charge / load);
    }
}
