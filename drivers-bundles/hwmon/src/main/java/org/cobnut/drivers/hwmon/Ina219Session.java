package org.cobnut.drivers.hwmon;

import java.io.IOException;
import java.util.Locale;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;

/** One battery. What flows out of it tells that the mains are away. */
final class Ina219Session implements Session {
    private final Chip chip;
    private final Battery battery;

    Ina219Session(Chip chip, Battery battery) {
        this.chip = chip;
        this.battery = battery;
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        double volts = chip.volts();
        double amperes = chip.amperes();
        long charge = battery.charge(volts);
        report.set("device.mfr", "Texas Instruments");
        report.set("device.model", "INA219");
        report.set("ups.mfr", "Texas Instruments");
        report.set("ups.model", "INA219");
        report.set("device.type", "ups");
        report.set("battery.voltage", decimal(volts));
        report.set("battery.voltage.low", decimal(battery.low()));
        report.set("battery.voltage.high", decimal(battery.high()));
        report.set("battery.current", decimal(amperes));
        report.set("battery.charge", Long.toString(charge));
        report.set("battery.charge.low", Integer.toString(battery.lowCharge()));
        if (amperes < 0) {
            report.status("OB");
            report.status("DISCHRG");
        } else {
            report.status("OL");
            if (amperes > 0) report.status("CHRG");
        }
        if (charge <= battery.lowCharge()) report.status("LB");
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }
}
