package org.cobnut.drivers.bestups;

import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.DriverPageContract;

class BestUpsPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "bestups";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new BestUps());
    }

    @Override
    protected List<String> names() {
        return List.of("bestups", "test.battery.start", "test.battery.stop", "shutdown.default");
    }
}
