package org.cobnut.drivers.usbhid;

import java.util.List;
import org.cobnut.driver.Option;

/** The options of both drivers (usbhid-ups(8), mge-shut(8)). */
final class HidOptions {
    private HidOptions() {}

    static List<Option> common() {
        return List.of(
                Option.number("offdelay", "Seconds from a shutdown command until the load goes off"),
                Option.number("ondelay", "Seconds from a shutdown command until the load may come back"),
                Option.number("pollfreq", 30, "Seconds between two polls that ask everything"),
                Option.text("subdriver", "The mapping, in place of the one that is for the device"),
                Option.flag("maxreport", "Asks for each report by the length of the longest"),
                Option.flag("disable_fix_report_desc", "Takes the report descriptor as it is, faults included"),
                Option.flag("onlinedischarge", "The older name of onlinedischarge_onbattery"),
                Option.flag(
                        "onlinedischarge_onbattery", "A battery that discharges while the line is on means an outage"),
                Option.flag("onlinedischarge_calibration", "The same means that the UPS calibrates itself"),
                Option.number("onlinedischarge_log_throttle_sec", 30, "Seconds between two log lines about the same"),
                Option.number(
                        "onlinedischarge_log_throttle_hovercharge",
                        100,
                        "Percent of charge from which on nothing is logged about the same"),
                Option.number(
                        "lbrb_log_delay_sec", "Seconds that a low battery must last during a calibration to count"),
                Option.flag("lbrb_log_delay_without_calibrating", "Applies lbrb_log_delay_sec at any time on line"),
                Option.flag("powercom_sdcmd_byte_order_fallback", "Powercom: minutes in the lower byte of a delay"),
                Option.flag("powercom_sdcmd_discrete_delay", "Powercom: delays in the steps that older units know"));
    }
}
