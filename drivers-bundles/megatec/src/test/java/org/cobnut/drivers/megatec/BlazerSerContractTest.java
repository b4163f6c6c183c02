package org.cobnut.drivers.megatec;

import java.nio.file.Path;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.DriverContract;

class BlazerSerContractTest extends DriverContract {
    @Override
    protected Driver driver() {
        return Bench.on(new BlazerSer(), "mustek");
    }

    @Override
    protected Settings settings(Path folder) {
        return Bench.settings(driver(), "protocol = mustek");
    }
}
