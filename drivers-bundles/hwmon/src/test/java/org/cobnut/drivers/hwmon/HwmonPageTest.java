package org.cobnut.drivers.hwmon;

import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.DriverPageContract;

class HwmonPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "hwmon_ina219";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new HwmonIna219());
    }

    @Override
    protected List<String> names() {
        return List.of(
                "battery.voltage",
                "battery.current",
                "battery.charge",
                "battery.charge.low",
                "battery.voltage.low",
                "battery.voltage.high");
    }
}
