package org.cobnut.drivers.usbhid.subdriver;

import org.cobnut.table.Known;

/**
 * How a Powercom unit takes the seconds until it switches off.
 *
 * @param swapped minutes in the lower byte: {@code powercom_sdcmd_byte_order_fallback}
 * @param stepped a number of its own for each of the delays that it knows: {@code powercom_sdcmd_discrete_delay}
 */
record PowercomDelay(boolean swapped, boolean stepped) {
    /** Names of values in the mapping that hold the two options. */
    static final String SWAPPED = "powercom-swapped";

    static final String STEPPED = "powercom-stepped";

    static PowercomDelay of(Known known) {
        return new PowercomDelay(known.is(SWAPPED, "yes"), known.is(STEPPED, "yes"));
    }

    /** What is written. */
    long word(long seconds, boolean stayOff) {
        long wait = Math.max(1, Math.min(seconds, 5_940)); // 0 stands for the longest wait
        if (stepped) return step(wait);
        if (swapped) return ((wait % 60) << 8) | (wait / 60) | (stayOff ? 0x8000 : 0);
        return ((wait / 60) << 8) | (wait % 60) | (stayOff ? 0x80 : 0);
    }

    /** The seconds in a word that the unit tells. */
    long seconds(long word) {
        long high = (word >> 8) & 0x7f;
        long low = word & 0x7f;
        return swapped ? low * 60 + high : high * 60 + low;
    }

    /** 1 to 9 stand for 12, 18, ... 60 s, and 10 and on for 2, 3, ... minutes. */
    private static long step(long seconds) {
        if (seconds <= 60) return Math.max(1, Math.min(9, (seconds + 5) / 6 - 1));
        return 8 + (seconds + 59) / 60;
    }
}
