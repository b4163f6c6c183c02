package org.cobnut.drivers.liebert;

import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.DriverPageContract;

class LiebertPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "liebert";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new Liebert());
    }

    @Override
    protected List<String> names() {
        return List.of("liebert", "shutdown.default");
    }
}
