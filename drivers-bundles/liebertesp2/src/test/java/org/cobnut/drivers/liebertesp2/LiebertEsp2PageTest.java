package org.cobnut.drivers.liebertesp2;

import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.DriverPageContract;

class LiebertEsp2PageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "liebert-esp2";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new LiebertEsp2());
    }

    @Override
    protected List<String> names() {
        return List.of("liebert-esp2", "shutdown.default");
    }
}
