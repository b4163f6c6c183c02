package org.cobnut.drivers.powerman;

import java.nio.file.Path;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.DriverContract;
import org.cobnut.testkit.TestLinks;

class PowermanPduContractTest extends DriverContract {
    @Override
    protected Driver driver() {
        return new PowermanPdu();
    }

    @Override
    protected Settings settings(Path folder) {
        return Settings.of("pdu", "cluster", driver().options(), Map.of());
    }

    @Override
    protected TestLinks links(Path folder) {
        return new TestLinks(folder).opening("tcp:cluster:10101", parameters -> new FakePowerman());
    }
}
