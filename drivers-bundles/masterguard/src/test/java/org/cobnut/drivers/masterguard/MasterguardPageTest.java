package org.cobnut.drivers.masterguard;

import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.DriverPageContract;

class MasterguardPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "masterguard";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new Masterguard());
    }

    @Override
    protected List<String> names() {
        return List.of("masterguard", "shutdown.default");
    }
}
