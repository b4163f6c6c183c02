package org.cobnut.drivers.virtual;

import java.nio.file.Path;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.DriverContract;
import org.cobnut.testkit.TestDevice;
import org.cobnut.testkit.TestLinks;

class CloneContractTest extends DriverContract {
    @Override
    protected Driver driver() {
        return new Clone();
    }

    @Override
    protected Settings settings(Path folder) {
        return Play.settings(driver(), "real");
    }

    @Override
    protected TestLinks links(Path folder) {
        return new TestLinks(folder).with("real", TestDevice.of("ups.status: OL", "ups.mfr: Acme", "driver.name: x"));
    }
}
