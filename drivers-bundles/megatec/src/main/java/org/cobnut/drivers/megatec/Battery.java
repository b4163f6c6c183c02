package org.cobnut.drivers.megatec;

import java.util.List;
import java.util.Optional;

/**
 * What can be guessed of charge and runtime of a UPS that tells neither: from the voltage, and, when the operator gave
 * two runtimes, from what went in and out since.
 */
final class Battery {
    /** Cells or batteries of which one is reported; the first that brings the reading near the nominal voltage. */
    private static final List<Double> PACKS =
            List.of(120., 100., 80., 60., 48., 36., 30., 24., 18., 12., 8., 6., 4., 3., 2., 1., 0.5);

    private final Traits traits;
    private double packs;
    private double stored = Double.NaN;

    /**
     * What the operator says of a battery; what is absent is found out.
     *
     * @param high volts when full
     * @param low volts when empty
     * @param packs how many of what is reported make the whole
     * @param calibration how runtime depends on load
     */
    record Traits(
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
    record Calibration(double exponent, double full, double charge, double idle) {
        /** {@code runtimecal} has seconds and percent of load, twice, the larger load first. */
        static Calibration of(String runtimecal, double charge, double idle) {
            List<Double> numbers = List.of(runtimecal.split(",")).stream()
                    .flatMap(text -> Values.number(text).stream())
                    .toList();
            if (numbers.size() != 4 || numbers.contains(0.) || numbers.get(1) <= numbers.get(3) || charge <= 0)
                throw new IllegalArgumentException(
                        "runtimecal wants seconds,load,seconds,load with the larger load first, not " + runtimecal);
            double exponent = Math.log(numbers.get(2) / numbers.get(0)) / Math.log(numbers.get(1) / numbers.get(3));
            double full = numbers.get(0) * Math.pow(numbers.get(1) / 100, exponent);
            return new Calibration(exponent, full, charge, idle);
        }

        double effective(double load) {
            return Math.max(Math.pow(load / 100, exponent), idle / 100);
        }
    }

    /** What is guessed; what cannot be is absent. */
    record Guess(Optional<Double> low, Optional<Double> high, Optional<Double> charge, Optional<Double> runtime) {}

    Battery(Traits traits) {
        this.traits = traits;
        this.packs = traits.packs().orElse(0.);
    }

    /** Of one pack when the UPS reports one; the factor to the whole battery, 1 until it is known. */
    double packs() {
        return packs == 0 ? 1 : packs;
    }

    /** One look; {@code elapsed} seconds after the last. */
    Guess look(
            Optional<Double> volts, Optional<Double> told, Optional<Double> load, boolean onBattery, double elapsed) {
        Optional<Double> nominal = traits.nominal().or(() -> told);
        boolean bounded = traits.low().isPresent() && traits.high().isPresent();
        Optional<Double> low = bounded ? traits.low() : nominal.map(volt -> volt * 104 / 120);
        Optional<Double> high = bounded ? traits.high() : nominal.map(volt -> volt * 130 / 120);
        if (packs == 0 && volts.isPresent() && nominal.isPresent()) packs = packs(nominal.get(), volts.get());
        Optional<Double> charge =
                volts.flatMap(v -> low.flatMap(l -> high.map(h -> clamp(100 * (v * packs() - l) / (h - l)))));
        if (traits.calibration().isEmpty()) return new Guess(low, high, charge, Optional.empty());
        Calibration calibration = traits.calibration().get();
        double ceiling = calibration.full() * charge.orElse(100.) / 100;
        double effective = calibration.effective(load.orElse(100.));
        stored = Double.isNaN(stored) ? ceiling : Math.min(flow(calibration, effective, onBattery, elapsed), ceiling);
        return new Guess(
                low, high, Optional.of(clamp(100 * stored / calibration.full())), Optional.of(stored / effective));
    }

    private double flow(Calibration calibration, double effective, boolean onBattery, double elapsed) {
        double rate = onBattery ? -effective : calibration.full() / calibration.charge();
        return Math.max(0, Math.min(calibration.full(), stored + rate * elapsed));
    }

    private static double packs(double nominal, double volts) {
        return PACKS.stream()
                .filter(packs -> packs * volts >= 0.8 * nominal && packs * volts <= 1.25 * nominal)
                .findFirst()
                .orElse(1.);
    }

    private static double clamp(double percent) {
        return Math.max(0, Math.min(100, percent));
    }
}
