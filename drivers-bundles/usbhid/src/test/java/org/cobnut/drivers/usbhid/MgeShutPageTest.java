package org.cobnut.drivers.usbhid;

import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.DriverPageContract;

class MgeShutPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "mge-shut";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new MgeShut());
    }

    @Override
    protected List<String> names() {
        return List.of("mge-shut", "mge");
    }
}
