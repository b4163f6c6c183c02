package org.cobnut.drivers.nhs;

import java.util.Optional;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Settings;

/**
 * What a section of ups.conf says of a UPS.
 *
 * @param ah capacity of the battery in Ah
 * @param va nominal power, for a model of which nobody knows it
 * @param batteries how many there are, instead of what the UPS says
 */
record Config(
        int baud,
        int ah,
        int va,
        double powerFactor,
        double lowWarning,
        double lowCritical,
        double highWarning,
        double highCritical,
        int batteries,
        double volts) {
    static final Options OPTIONS = Options.of(
            Option.number("baud", 2400, "Bits a second"),
            Option.number("ah", "Capacity of the battery in Ah"),
            Option.number("va", 0, "Nominal power in VA, for a model of which it is not known"),
            Option.text("pf", "Power factor (0.90)"),
            Option.text("vin_low_warn_perc", "Percent above the lower limit that warn (2.00)"),
            Option.text("vin_low_crit_perc", "Percent above the lower limit that are critical (2.00)"),
            Option.text("vin_high_warn_perc", "Percent above the upper limit that warn (2.00)"),
            Option.text("vin_high_crit_perc", "Percent above the upper limit that are critical (2.00)"),
            Option.number("numbat", 0, "Number of batteries, whatever the UPS says"),
            Option.number("numbatteries", 0, "The same as numbat"),
            Option.text("vbat", "Nominal voltage of a battery (12)"),
            Option.flag("debug_pkt_raw", "Taken for the sake of old files; changes nothing"),
            Option.flag("debug_pkt_data", "Taken for the sake of old files; changes nothing"),
            Option.flag("debug_pkt_hwinfo", "Taken for the sake of old files; changes nothing"));

    /** @throws IllegalArgumentException when the section makes no sense; said to the operator */
    static Config of(Settings settings) {
        if (settings.text("ah").isEmpty())
            throw new IllegalArgumentException("option 'ah' is missing; it gives the capacity of the battery in Ah");
        long batteries = Math.max(settings.number("numbat"), settings.number("numbatteries"));
        return new Config(
                positive(settings, "baud"),
                positive(settings, "ah"),
                (int) settings.number("va"),
                number(settings, "pf", 0.9),
                number(settings, "vin_low_warn_perc", 2),
                number(settings, "vin_low_crit_perc", 2),
                number(settings, "vin_high_warn_perc", 2),
                number(settings, "vin_high_crit_perc", 2),
                (int) batteries,
                number(settings, "vbat", 12));
    }

    private static int positive(Settings settings, String option) {
        long number = settings.number(option);
        if (number <= 0 || number > 1_000_000)
            throw new IllegalArgumentException("option '%s' wants a number above 0, not %d".formatted(option, number));
        return (int) number;
    }

    private static double number(Settings settings, String option, double fallback) {
        Optional<String> text = settings.text(option);
        if (text.isEmpty()) return fallback;
        if (!text.get().strip().matches("\\d{1,6}(\\.\\d+)?"))
            throw new IllegalArgumentException("option '%s' wants a number, not '%s'".formatted(option, text.get()));
        return Double.parseDouble(text.get().strip());
    }
}
