package org.cobnut.drivers.tripplite;

/**
 * Estimates the charge of a battery from its voltage; the square root of what the voltage is above empty comes near to what units
 * of this maker do.
 *
 * @param empty volts of a battery of 12 V that has 10 %
 * @param full volts of one that has 100 %
 */
record ChargeEstimate(double empty, double full) {
    static final ChargeEstimate USUAL = new ChargeEstimate(11, 13.4);

    /** Percent at so many volts of a battery of 12 V. */
    String percent(double volts) {
        if (volts >= full) return "100";
        return volts <= empty ? "10" : Integer.toString((int) (100 * Math.sqrt((volts - empty) / (full - empty))));
    }
}
