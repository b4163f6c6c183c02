package org.cobnut.drivers.upower;

import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.DriverPageContract;

class UpowerPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "nut-upower";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new NutUpower());
    }

    @Override
    protected List<String> names() {
        return List.of(
                "ups.mfr",
                "ups.model",
                "ups.serial",
                "battery.charge",
                "battery.charge.low",
                "battery.voltage",
                "battery.temperature",
                "battery.runtime",
                "battery.type");
    }
}
