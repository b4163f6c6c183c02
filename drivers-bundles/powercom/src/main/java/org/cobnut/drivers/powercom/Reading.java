package org.cobnut.drivers.powercom;

import java.util.List;
import java.util.Map;

/** What one answer of a unit says, by its type. */
record Reading(Unit unit, String bytes) {
    private static final int LOAD = 0;
    private static final int BATTERY = 1;
    private static final int INPUT = 2;
    private static final int OUTPUT = 3;
    private static final int INPUT_FREQUENCY = 4;
    private static final int OUTPUT_FREQUENCY = 6;
    private static final int STATUS = 9;
    private static final int BNT_BATTERY = 15;
    private static final double COUNTS = 4807;

    /** Loads of 110 % on line and on battery, from the voltage of 100 V on. */
    private static final Map<Integer, int[]> KIN_ON_LINE = Map.of(
            425, new int[] {99, 88, 84, 80, 84, 84, 84, 86, 86, 81, 76},
            525, new int[] {127, 113, 106, 100, 106, 106, 106, 109, 109, 103, 97},
            625, new int[] {131, 115, 107, 103, 107, 107, 107, 110, 110, 105, 99},
            2000, new int[] {94, 94, 94, 94, 94, 94, 94, 120, 120, 115, 110});

    private static final Map<Integer, int[]> KIN_ON_BATTERY = Map.of(
            425, new int[] {60, 54, 51, 48, 51, 51, 51, 53, 53, 50, 48},
            525, new int[] {81, 72, 67, 62, 67, 67, 67, 65, 65, 62, 59},
            625, new int[] {79, 70, 67, 64, 67, 67, 67, 65, 65, 61, 58},
            2000, new int[] {84, 77, 74, 70, 74, 74, 74, 77, 77, 74, 70});

    /** The same of a BNT, from 220 V on. */
    private static final Map<Integer, int[]> BNT_ON_LINE = Map.of(
            400, new int[] {88, 83, 87},
            500, new int[] {108, 103, 98},
            600, new int[] {128, 123, 118});

    private static final Map<Integer, int[]> BNT_ON_BATTERY = Map.of(
            400, new int[] {54, 52, 49},
            500, new int[] {66, 64, 61},
            600, new int[] {86, 84, 81},
            801, new int[] {44, 42, 40},
            1000, new int[] {56, 54, 52},
            1200, new int[] {76, 74, 72});

    private static final List<double[]> KIN_INVERTER_LOW = List.of(
            new double[] {0, 1, 1, 1, 1, .945, .945, .945, .127, .127, .945, .945, .945, .256},
            new double[] {0, .85, .85, .85, .88, .9, .9, .9, 6.6, 6.6, .87, .87, .87, 3.29},
            new double[] {0, 1.03, .78, .78, .72, .55, .55, .55, .5, .5, .43, .43, .43, .3});

    private static final List<double[]> KIN_INVERTER_HIGH = List.of(
            new double[] {0, 1, 1, 1, 1, 1.89, 1.89, 1.89, .127, .127, 1.89, 1.89, 1.89, .256},
            new double[] {0, 1.73, 1.74, 1.74, 1.77, .9, .9, .9, 13.204, 13.204, .88, .88, .88, 6.645},
            new double[] {0, 1.15, .9, .9, .75, 1.1, 1.1, 1.1, .8, .8, .86, .86, .86, .7});

    int at(int place) {
        return bytes.charAt(place);
    }

    boolean onBattery() {
        return (at(STATUS) & 1) != 0;
    }

    private boolean regulated() {
        return (at(STATUS) & 8) != 0;
    }

    private boolean kin() {
        return unit.name().equals("KIN");
    }

    /** A unit whose numbers are what they mean. */
    private boolean plain() {
        return unit.name().equals("IMP") || unit.name().equals("OPTI");
    }

    /** A BNT for 220 V and more. */
    private boolean bntHigh() {
        return unit.name().equals("BNT") && at(Unit.MODEL) % 16 > 7;
    }

    private boolean high() {
        return unit.lineVoltage() >= 200;
    }

    double inputVoltage() {
        return Math.max(0, lineVolts(at(INPUT)));
    }

    private double lineVolts(int raw) {
        if (bntHigh()) return 2.2 * raw - 24;
        if (plain()) return 2. * raw;
        if (kin()) return kinLineVolts(raw);
        return scaled(unit.type().voltage(), unit.lineVoltage() >= 220, raw);
    }

    private double kinLineVolts(int raw) {
        if (unit.model() <= 625) return high() ? 1.79 * raw + 3.35 : 0.89 * raw + 6.18;
        double factor = unit.model() < 2000 ? 1.61 : 1.625;
        return high() ? factor * raw : factor * raw / 2;
    }

    double outputVoltage() {
        int raw = at(OUTPUT);
        double volts;
        if (bntHigh()) volts = bntOutput(raw);
        else if (kin()) volts = kinOutput(raw);
        else volts = lineVolts(raw);
        return Double.isFinite(volts) ? Math.max(0, volts) : 0;
    }

    private double bntOutput(int raw) {
        if (onBattery()) return inverter(1.965 * at(BNT_BATTERY), raw);
        if (!regulated()) return lineVolts(raw);
        boolean boosted = (at(STATUS) & 16) != 0;
        return boosted ? lineVolts(raw) * 31 / 27 : (2.22 * raw - 24) * 27 / 31;
    }

    private double kinOutput(int raw) {
        int model = unit.model();
        if (onBattery()) return kinInverter(raw);
        if (!regulated()) return kinLineVolts(raw);
        if (high()) return (model == 625 ? 1.571 : model < 2000 ? 1.37 : 1.4) * raw;
        return (model <= 625 ? 1.635 : 1.392) * raw / 2;
    }

    private double kinInverter(int raw) {
        List<double[]> factors = high() ? KIN_INVERTER_HIGH : KIN_INVERTER_LOW;
        int row = Math.min(at(Unit.MODEL) / 16, factors.get(0).length - 1);
        double battery = at(BATTERY) * factors.get(0)[row];
        double loss = at(LOAD) * factors.get(2)[row];
        if (unit.model() <= 625) return inverter(battery - loss, raw) * factors.get(1)[row];
        double boost = regulated() ? 1 + 20. / 135 : 1;
        double volts = inverter(battery, raw);
        return volts > 0 ? volts * factors.get(1)[row] * boost - loss * boost : 0;
    }

    /** The voltage that is left of a battery's by the share of each period in which the inverter is on. */
    private double inverter(double battery, int raw) {
        double half = Math.floor(at(OUTPUT_FREQUENCY) / 2.);
        double square = battery * battery * (half - raw) / half;
        return square > 0 ? Math.sqrt(square) : 0;
    }

    double inputFrequency() {
        return frequency(at(INPUT_FREQUENCY));
    }

    double outputFrequency() {
        return frequency(at(OUTPUT_FREQUENCY));
    }

    private double frequency(int raw) {
        if (plain()) return raw;
        if (raw == 0) return 0;
        if (kin() || unit.name().equals("BNT")) return COUNTS / raw;
        List<Double> factors = unit.type().frequency();
        double period = factors.get(0) * raw + factors.get(1);
        return period == 0 ? 0 : 1 / period;
    }

    double load() {
        int raw = at(LOAD);
        if (plain()) return raw;
        if (bntHigh()) return share(raw, bntFull(), at(Unit.MODEL) % 16 - 8);
        if (kin()) return kinLoad(raw);
        return scaled(unit.type().load(), onBattery(), raw);
    }

    private int[] bntFull() {
        int model = unit.model();
        if (!onBattery()) return row(BNT_ON_LINE, model == 801 ? 400 : model == 1200 ? 600 : model, 500);
        return row(BNT_ON_BATTERY, model == 800 ? 500 : model, 1000);
    }

    private double kinLoad(int raw) {
        int model = unit.model();
        Map<Integer, int[]> full = onBattery() ? KIN_ON_BATTERY : KIN_ON_LINE;
        if (!full.containsKey(model) && model < 2000) return raw * (onBattery() ? 1.66 : 1.13);
        return share(raw, row(full, model, 2000), at(Unit.MODEL) % 16);
    }

    private static int[] row(Map<Integer, int[]> rows, int model, int other) {
        int[] fallback = rows.getOrDefault(other, new int[] {100});
        return rows.getOrDefault(model, fallback);
    }

    private static double share(int raw, int[] full, int voltage) {
        return raw * 110. / full[Math.max(0, Math.min(voltage, full.length - 1))];
    }

    double charge() {
        return Math.max(0, Math.min(100, chargeTold()));
    }

    private double chargeTold() {
        int raw = at(BATTERY);
        if (plain()) return raw;
        if (unit.name().equals("BNT")) return between(Math.floor(at(LOAD) / 4.) + raw, 157, 165, 193);
        if (kin()) return kinCharge(raw);
        List<Double> factors = unit.type().battery();
        if (onBattery()) return factors.get(0) * raw + factors.get(1) * load() + factors.get(2);
        return factors.get(3) * raw + factors.get(4);
    }

    private double kinCharge(int raw) {
        int model = unit.model();
        if (model <= 625) return between(at(LOAD) / 4. + raw, 169, 176, 204);
        if (model > 2000) return between(at(LOAD) / 4. - at(LOAD) / 32. + raw, 175, 182, 209);
        double charge = (raw - 165) * 2.6;
        if (onBattery()) return charge + at(LOAD);
        return charge > 7 ? charge - 6 : charge;
    }

    /** Percent of a battery by the numbers at which it has nothing, 30 % and everything. */
    private static double between(double raw, double empty, double third, double full) {
        if (raw <= empty) return 0;
        if (raw <= third) return (raw - empty) * 30 / (third - empty);
        return Math.min(100, 30 + (raw - third) * 70 / (full - third));
    }

    private static double scaled(List<Double> factors, boolean first, int raw) {
        int at = first ? 0 : 2;
        return factors.get(at) * raw + factors.get(at + 1);
    }
}
