package org.cobnut.table;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Estimates charge and runtime of a UPS that tells neither: from the battery's voltage, and, when the operator gave two
 * runtimes, from what went in and out since. Volts, percent and seconds throughout. One session, one thread.
 */
public final class BatteryEstimator {
    /** Cells or batteries of which one is reported; the first that brings the reading near the nominal voltage. */
    private static final List<Double> PACKS =
            List.of(120., 100., 80., 60., 48., 36., 30., 24., 18., 12., 8., 6., 4., 3., 2., 1., 0.5);

    /** Volts of a cell: nominal, and more than any. */
    private static final double CELL = 2;

    private static final double MOST_OF_A_CELL = 3;

    private final Traits traits;
    private double packs;
    private boolean cell;
    private double stored = Double.NaN;

    /**
     * What the operator says of a battery; what is absent is found out.
     *
     * @param high volts when full
     * @param low volts when empty
     * @param packs how many of what is reported make the whole
     * @param calibration how runtime depends on load
     */
    public record Traits(
            Optional<Double> high,
            Optional<Double> low,
            Optional<Double> nominal,
            Optional<Double> packs,
            Optional<Calibration> calibration) {}

    /**
     * Peukert's law through two points, and the time to charge.
     *
     * @param exponent how much faster than in proportion a load empties it
     * @param full seconds at full load
     * @param charge seconds from empty to full
     * @param idle percent of load below which it empties no slower
     */
    public record Calibration(double exponent, double full, double charge, double idle) {
        /** How many numbers {@code runtimecal} has; those behind them do not count. */
        public static final int NUMBERS = 4;

        /**
         * {@code runtimecal} has seconds and percent of load, twice, the larger load first.
         *
         * @throws IllegalArgumentException when it has not; said to the operator
         */
        public static Calibration of(String runtimecal, double charge, double idle) {
            List<Double> numbers = Stream.of(runtimecal.split(",", -1))
                    .limit(NUMBERS)
                    .flatMap(text -> Numbers.leading(text).stream())
                    .toList();
            if (numbers.size() != NUMBERS || numbers.contains(0.) || numbers.get(1) <= numbers.get(3))
                throw new IllegalArgumentException("option 'runtimecal' wants seconds,load,seconds,load with the larger"
                        + " load first, such as 240,100,720,50, not '" + runtimecal + "'");
            if (charge <= 0) throw new IllegalArgumentException("option 'chargetime' wants seconds above 0");
            double exponent = Math.log(numbers.get(2) / numbers.get(0)) / Math.log(numbers.get(1) / numbers.get(3));
            double full = numbers.get(0) * Math.pow(numbers.get(1) / 100, exponent);
            return new Calibration(exponent, full, charge, idle);
        }

        public double effective(double load) {
            return Math.max(Math.pow(load / 100, exponent), idle / 100);
        }
    }

    /** What is guessed; what cannot be is absent. */
    public record Estimate(
            Optional<Double> low, Optional<Double> high, Optional<Double> charge, Optional<Double> runtime) {}

    public BatteryEstimator(Traits traits) {
        this.traits = traits;
        this.packs = traits.packs().orElse(0.);
    }

    /** Of one pack when the UPS reports one; the factor to the whole battery, 1 until it is known. */
    public double packs() {
        return packs == 0 ? 1 : packs;
    }

    /** Whether the UPS reports one cell, which nobody takes for the whole battery. */
    public boolean cell() {
        return cell;
    }

    /** One look; {@code elapsed} seconds after the last. */
    public Estimate estimate(
            Optional<Double> volts, Optional<Double> told, Optional<Double> load, boolean onBattery, double elapsed) {
        Optional<Double> nominal = traits.nominal().or(() -> told);
        boolean bounded = traits.low().isPresent() && traits.high().isPresent();
        Optional<Double> low = bounded ? traits.low() : nominal.map(volt -> volt * 104 / 120);
        Optional<Double> high = bounded ? traits.high() : nominal.map(volt -> volt * 130 / 120);
        Optional<Double> whole = nominal.or(() -> traits.low().map(volt -> volt * 120 / 104));
        if (packs == 0 && volts.isPresent() && whole.isPresent()) packs = packs(whole.get(), volts.get());
        if (volts.isPresent() && whole.isPresent()) cell |= oneOfMany(whole.get(), volts.get());
        Optional<Double> charge =
                volts.flatMap(v -> low.flatMap(l -> high.map(h -> clamp(100 * (v * packs() - l) / (h - l)))));
        if (traits.calibration().isEmpty()) return new Estimate(low, high, charge, Optional.empty());
        Calibration calibration = traits.calibration().get();
        double ceiling = calibration.full() * charge.orElse(100.) / 100;
        double effective = calibration.effective(load.orElse(100.));
        stored = Double.isNaN(stored) ? ceiling : Math.min(flow(calibration, effective, onBattery, elapsed), ceiling);
        return new Estimate(
                low, high, Optional.of(clamp(100 * stored / calibration.full())), Optional.of(stored / effective));
    }

    private double flow(Calibration calibration, double effective, boolean onBattery, double elapsed) {
        double rate = onBattery ? -effective : calibration.full() / calibration.charge();
        return Math.max(0, Math.min(calibration.full(), stored + rate * elapsed));
    }

    /** A lead-acid cell has about 2 V, and no battery of a UPS as little. */
    private boolean oneOfMany(double nominal, double volts) {
        return volts < MOST_OF_A_CELL && nominal > 2 * MOST_OF_A_CELL && packs() > 1;
    }

    private static double packs(double nominal, double volts) {
        double cells = nominal / CELL;
        if (volts < MOST_OF_A_CELL && cells == Math.rint(cells) && near(cells, nominal, volts)) return cells;
        return PACKS.stream()
                .filter(packs -> near(packs, nominal, volts))
                .findFirst()
                .orElse(1.);
    }

    private static boolean near(double packs, double nominal, double volts) {
        return packs * volts >= 0.8 * nominal && packs * volts <= 1.25 * nominal;
    }

    private static double clamp(double percent) {
        return Math.max(0, Math.min(100, percent));
    }
}
