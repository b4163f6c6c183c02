package org.cobnut.drivers.megatec;

import java.nio.file.Path;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.DriverContract;

class NutdrvQxContractTest extends DriverContract {
    @Override
    protected Driver driver() {
        return Bench.on(new NutdrvQx(), "voltronic");
    }

    @Override
    protected Settings settings(Path folder) {
        return Bench.settings(driver(), "pollfreq = 10");
    }
}
