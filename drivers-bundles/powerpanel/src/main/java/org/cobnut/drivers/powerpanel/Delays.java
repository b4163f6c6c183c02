package org.cobnut.drivers.powerpanel;

import org.cobnut.driver.Settings;

/**
 * The waits of the shutdown commands, of UPSes that speak text.
 *
 * @param off seconds until the load goes off, in steps of 6 below a minute and of 60 above
 * @param on minutes until it comes back; 0 for never
 * @param given whether the section of ups.conf says any
 */
record Delays(long off, long on, boolean given) {
    /** For UPSes of which nobody knows how to switch them off. */
    static final Delays NONE = new Delays(0, 0, false);

    private static final long MINUTE = 60;

    /** @throws IllegalArgumentException when no UPS keeps them; said to the operator */
    static Delays of(Settings settings) {
        long off = within("offdelay", settings.number("offdelay"), 6, 600);
        long on = within("ondelay", settings.number("ondelay"), 0, 9999);
        boolean given =
                settings.values().containsKey("offdelay") || settings.values().containsKey("ondelay");
        return new Delays(off - off % (off < MINUTE ? 6 : MINUTE), on, given);
    }

    /** Minutes in two digits, or tenths of a minute behind a dot. */
    String wire() {
        return off < MINUTE ? "." + off / 6 : "%02d".formatted(off / MINUTE);
    }

    private static long within(String option, long number, long least, long most) {
        if (number < least || number > most)
            throw new IllegalArgumentException(
                    "option '%s' wants %d to %d, not %d".formatted(option, least, most, number));
        return number;
    }
}
