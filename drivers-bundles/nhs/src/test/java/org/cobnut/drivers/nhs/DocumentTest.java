package org.cobnut.drivers.nhs;

import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.DriverPageContract;

class DocumentTest extends DriverPageContract {
    @Override
    protected String page() {
        return "nhs_ser";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new NhsSer());
    }

    @Override
    protected List<String> names() {
        return List.of("nhs_ser", "battery.charger.status", "input.voltage.minimum", "input.voltage.low.critical");
    }
}
