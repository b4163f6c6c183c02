package org.cobnut.drivers.usbhid;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.cobnut.driver.Settings;
import org.cobnut.drivers.usbhid.subdriver.Address;

/**
 * What a section of ups.conf says about a UPS of this family.
 *
 * @param ups its name, for the log
 * @param subdriver the mapping that is to be used; empty for the one that is for the device
 * @param delays the waits before switching off and on that the section gives, by their variables
 * @param longest whether every report is asked for by the length of the longest
 * @param asDeclared whether the report descriptor counts as the device has it, faults included
 * @param interruptOnly whether nothing is asked, and only what the device sends counts
 * @param rules how ambiguous flags become status words
 * @param flags {@link Address.Fact#FLAGS} that are given
 */
record Config(
        String ups,
        Optional<String> subdriver,
        Map<String, String> delays,
        boolean longest,
        boolean asDeclared,
        boolean interruptOnly,
        Rules rules,
        List<String> flags) {
    /**
     * What is to be made of flags that contradict each other.
     *
     * @param dischargeIsBattery a battery that discharges while the line is on means that the UPS is on battery
     * @param dischargeIsCalibration the same means that it calibrates itself
     * @param dischargeLogSeconds how long nothing is logged about it after it was
     * @param dischargeLogCharge percent of charge above which nothing is logged
     * @param lowDelay seconds that a low battery must last to count; empty for what the device is known to need
     * @param lowDelayAlways whether that delay counts also while the UPS does not calibrate
     */
    record Rules(
            boolean dischargeIsBattery,
            boolean dischargeIsCalibration,
            long dischargeLogSeconds,
            long dischargeLogCharge,
            OptionalLong lowDelay,
            boolean lowDelayAlways) {}

    Config {
        delays = Map.copyOf(delays);
        flags = List.copyOf(flags);
    }

    static Config of(Settings settings) {
        var delays = new HashMap<String, String>();
        number(settings, "offdelay").ifPresent(wait -> delays.put(DeviceTable.OFF_DELAY, Long.toString(wait)));
        number(settings, "ondelay").ifPresent(wait -> delays.put(DeviceTable.ON_DELAY, Long.toString(wait)));
        var rules = new Rules(
                given(settings, "onlinedischarge") || given(settings, "onlinedischarge_onbattery"),
                given(settings, "onlinedischarge_calibration"),
                number(settings, "onlinedischarge_log_throttle_sec").orElse(30),
                number(settings, "onlinedischarge_log_throttle_hovercharge").orElse(100),
                number(settings, "lbrb_log_delay_sec"),
                given(settings, "lbrb_log_delay_without_calibrating"));
        return new Config(
                settings.ups(),
                settings.text("subdriver"),
                delays,
                given(settings, "maxreport"),
                given(settings, "disable_fix_report_desc"),
                given(settings, "interruptonly"),
                rules,
                Address.Fact.FLAGS.stream()
                        .filter(flag -> given(settings, flag))
                        .toList());
    }

    private static boolean given(Settings settings, String flag) {
        return settings.values().containsKey(flag);
    }

    private static OptionalLong number(Settings settings, String option) {
        return given(settings, option) ? OptionalLong.of(settings.number(option)) : OptionalLong.empty();
    }
}
