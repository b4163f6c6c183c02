package org.cobnut.drivers.hwmon;

import java.io.IOException;
import java.nio.file.Path;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.osgi.service.component.annotations.Component;

/** hwmon_ina219: a battery behind an INA219, which the kernel reads (hwmon_ina219(8)). */
@Component(property = {Driver.NAME + "=hwmon_ina219", Driver.VERSION + "=0.1"})
public final class HwmonIna219 implements Driver {
    private static final Path CHIPS = Path.of("/sys/class/hwmon");

    private static final Options OPTIONS = Options.of(
            Option.number("lowbatt", 15, "Percent of charge at which the battery is low"),
            Option.text("voltage_low", "Volts of the empty battery").fallback("3.0"),
            Option.text("voltage_high", "Volts of the full battery").fallback("4.15"));

    private final Path chips;

    public HwmonIna219() {
        this(CHIPS);
    }

    /** @param chips the folder in which the kernel has a folder for each chip */
    HwmonIna219(Path chips) {
        this.chips = chips;
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        double low = volts(settings, "voltage_low");
        double high = volts(settings, "voltage_high");
        if (low >= high)
            throw new IllegalArgumentException("option 'voltage_high' must be above 'voltage_low', which is " + low);
        long lowCharge = settings.number("lowbatt");
        if (lowCharge < 0 || lowCharge > 100)
            throw new IllegalArgumentException("option 'lowbatt' is 0 to 100 percent, not " + lowCharge);
        return new Ina219Session(Chip.find(chips, settings.port()), new Battery(low, high, (int) lowCharge));
    }

    private static double volts(Settings settings, String option) {
        String text = settings.text(option).orElse("");
        if (!text.matches("\\d{1,3}(\\.\\d{1,3})?"))
            throw new IllegalArgumentException(
                    "option '%s' is a number of volts, as 3.0, not '%s'".formatted(option, text));
        return Double.parseDouble(text);
    }
}
