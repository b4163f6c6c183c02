package org.cobnut.drivers.megatec.dialect;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.cobnut.driver.Settings;
import org.cobnut.table.BatteryEstimator.Calibration;
import org.cobnut.table.BatteryEstimator.Traits;
import org.cobnut.table.Numbers;

/**
 * What a section of ups.conf says about a UPS of this family.
 *
 * @param ups its name, for the log
 * @param offdelay seconds; empty for what the dialect has
 * @param ondelay seconds, likewise
 * @param adjustable whether clients may change the delays
 * @param pollfreq seconds between two polls that ask everything
 * @param leftOut what is never asked
 * @param onePack whether battery.voltage is shown for the whole battery when the UPS reports a part of it
 * @param given every key of the section, for the dialect's own settings
 */
public record Config(
        String ups,
        OptionalLong offdelay,
        OptionalLong ondelay,
        boolean adjustable,
        long pollfreq,
        Set<Part> leftOut,
        boolean ignoreShutdownActive,
        boolean stayoff,
        boolean onePack,
        Traits battery,
        Map<String, String> given) {
    /** Variables whose {@code default.} and {@code override.} are read here, beside what the runtime does with them. */
    public static final List<String> PRESETS =
            List.of("battery.voltage.high", "battery.voltage.low", "battery.voltage.nominal", "battery.packs");

    public Config {
        leftOut = Set.copyOf(leftOut);
        given = Map.copyOf(given);
    }

    /** The number behind an option that the section has. */
    public static OptionalLong delay(Settings settings, String option) {
        return settings.values().containsKey(option) ? OptionalLong.of(settings.number(option)) : OptionalLong.empty();
    }

    /** The parts that the section leaves out. */
    public static Set<Part> leftOut(Settings settings) {
        var parts = EnumSet.noneOf(Part.class);
        for (Part part : Part.values())
            if (settings.options().find(part.option()).isPresent() && settings.flag(part.option())) parts.add(part);
        return parts;
    }

    /** What the section says of the battery. */
    public static Traits battery(Settings settings) {
        double charge = number(settings, "chargetime");
        double idle = number(settings, "idleload");
        return new Traits(
                preset(settings, "battery.voltage.high"),
                preset(settings, "battery.voltage.low"),
                preset(settings, "battery.voltage.nominal"),
                preset(settings, "battery.packs"),
                settings.text("runtimecal").map(text -> Calibration.of(text, charge, idle)));
    }

    /** What counts in part only, or not at all, beside what {@link org.cobnut.driver.Options#warnings} tells. */
    public static List<String> warnings(Settings settings) {
        var warnings = new ArrayList<String>();
        settings.text("runtimecal")
                .filter(text -> text.split(",", -1).length > Calibration.NUMBERS)
                .ifPresent(text ->
                        warnings.add("option 'runtimecal' takes four numbers; the first four of '" + text + "' count"));
        for (String variable : PRESETS)
            stated(settings, variable)
                    .filter(text -> preset(settings, variable).isEmpty())
                    .ifPresent(text -> warnings.add("'" + variable + "' wants a number above 0, not '" + text
                            + "'; the estimate does without it"));
        return warnings;
    }

    private static double number(Settings settings, String option) {
        return settings.text(option).flatMap(Numbers::leading).orElseGet(() -> (double) settings.number(option));
    }

    /** A number that the operator states for a variable. */
    private static Optional<Double> preset(Settings settings, String variable) {
        return stated(settings, variable).flatMap(Numbers::leading).filter(number -> number > 0);
    }

    /** An override counts before a default. */
    private static Optional<String> stated(Settings settings, String variable) {
        return settings.text("override." + variable).or(() -> settings.text("default." + variable));
    }

    /** Shows nothing of what was given, which may hold secrets. */
    @Override
    public String toString() {
        return "Config[" + ups + "]";
    }
}
