package org.cobnut.drivers.usbhid.descriptor;

import java.util.Set;
import java.util.regex.Pattern;

/** Which values of a device can be what: the usages of time and those of which nothing is below 0. */
public final class Quantities {
    private static final int POWER = 0x0084;
    private static final int BATTERY = 0x0085;

    private static final Pattern TIMER = Pattern.compile(".*(Delay|Timer|Watchdog).*");

    /** Voltage, frequency, apparent power and load, and what they are configured to. */
    private static final Set<Integer> POSITIVE_POWER = Set.of(0x30, 0x32, 0x33, 0x35, 0x40, 0x42, 0x43, 0x44, 0x45);

    /** Limits, capacities and run times. */
    private static final Set<Integer> POSITIVE_BATTERY =
            Set.of(0x29, 0x2a, 0x60, 0x61, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x83, 0x8c);

    /** Times to empty, to full, and their limits. */
    private static final Set<Integer> TIMES = Set.of(0x0085002a, 0x00850068, 0x00850069, 0x0085006a);

    /** Two bytes of ones, or four, as seconds and as minutes, in fields that could hold more. */
    private static final Set<Double> ENDLESS = Set.of(65_535d, 65_535d * 60, 4_294_967_295d, 2_147_483_647d);

    private Quantities() {}

    /** Whether it counts down, so that all bits set mean that it does not run; told by its name, for makers' codes clash. */
    public static boolean timer(String name) {
        return TIMER.matcher(name).matches();
    }

    /** Whether a value says that the device does not know. */
    public static boolean unknown(int usage, double physical) {
        return (physical < 0 && positive(usage)) || (TIMES.contains(usage) && ENDLESS.contains(physical));
    }

    /** Whether no value is below 0. */
    public static boolean positive(int usage) {
        return (usage >>> 16 == POWER && POSITIVE_POWER.contains(usage & 0xffff))
                || (usage >>> 16 == BATTERY && POSITIVE_BATTERY.contains(usage & 0xffff));
    }
}
