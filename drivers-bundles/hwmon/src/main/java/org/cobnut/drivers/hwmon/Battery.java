package org.cobnut.drivers.hwmon;

/**
 * What a battery's voltage says of it.
 *
 * @param low volts of the empty battery
 * @param high volts of the full battery
 * @param lowCharge percent at which it is low
 */
record Battery(double low, double high, int lowCharge) {
    /** The charge in percent, on a straight line between the two voltages. */
    long charge(double volts) {
        return Math.round(Math.max(0, Math.min(100, 100 * (volts - low) / (high - low))));
    }
}
