package org.cobnut.drivers.usbhid;

import java.util.Set;

/** Which values of a device can be what: the usages of time and those of which nothing is below 0. */
final class Quantities {
    private static final int POWER = 0x0084;
    private static final int BATTERY = 0x0085;

    /** The delays of the Power Device page; those of makers have the same numbers, or these few. */
    private static final Set<Integer> TIMERS = Set.of(0x55, 0x56, 0x57, 0x5d, 0x5e, 0x7c, 0x7d, 0x7e, 0x92, 0x9a);

    /** Voltage, frequency, apparent power and load, and what they are configured to. */
    private static final Set<Integer> POSITIVE_POWER = Set.of(0x30, 0x32, 0x33, 0x35, 0x40, 0x42, 0x43, 0x44, 0x45);

    /** Limits, capacities and run times. */
    private static final Set<Integer> POSITIVE_BATTERY =
            Set.of(0x29, 0x2a, 0x60, 0x61, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x83, 0x8c);

    private Quantities() {}

    /** Whether it counts down, so that all bits set mean that it does not run. */
    static boolean timer(int usage) {
        return usage >>> 16 != BATTERY && TIMERS.contains(usage & 0xffff);
    }

    /** Whether a value below 0 says that the device does not know. */
    static boolean positive(int usage) {
        return (usage >>> 16 == POWER && POSITIVE_POWER.contains(usage & 0xffff))
                || (usage >>> 16 == BATTERY && POSITIVE_BATTERY.contains(usage & 0xffff));
    }
}
