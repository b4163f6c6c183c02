package org.cobnut.drivers.megatec;

import java.util.Map;
import java.util.Optional;
import org.cobnut.driver.Settings;
import org.cobnut.drivers.megatec.Battery.Calibration;
import org.cobnut.drivers.megatec.Battery.Traits;

/**
 * What a section of ups.conf says about a UPS of this family.
 *
 * @param ups its name, for the log
 * @param offdelay seconds
 * @param ondelay seconds
 * @param adjustable whether clients may change the delays
 * @param pollfreq seconds between two polls that ask everything
 * @param onePack whether battery.voltage is shown for the whole battery when the UPS reports a part of it
 * @param given every key of the section, for the dialect's own settings
 */
record Config(
        String ups,
        long offdelay,
        long ondelay,
        boolean adjustable,
        long pollfreq,
        boolean skipVendor,
        boolean skipRating,
        boolean ignoreShutdownActive,
        boolean stayoff,
        boolean onePack,
        Traits battery,
        Map<String, String> given) {
    Config {
        given = Map.copyOf(given);
    }

    static Traits battery(Settings settings) {
        double charge = settings.number("chargetime");
        double idle = settings.number("idleload");
        return new Traits(
                preset(settings, "battery.voltage.high"),
                preset(settings, "battery.voltage.low"),
                preset(settings, "battery.voltage.nominal"),
                preset(settings, "battery.packs"),
                settings.text("runtimecal").map(text -> Calibration.of(text, charge, idle)));
    }

    /** A number that the operator states for a variable; an override counts before a default. */
    private static Optional<Double> preset(Settings settings, String variable) {
        return settings.text("override." + variable)
                .or(() -> settings.text("default." + variable))
                .map(text -> Values.number(text)
                        .filter(number -> number > 0)
                        .orElseThrow(() -> new IllegalArgumentException(variable + " is no number: " + text)));
    }
}
