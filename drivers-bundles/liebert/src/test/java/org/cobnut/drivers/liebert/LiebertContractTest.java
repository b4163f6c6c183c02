package org.cobnut.drivers.liebert;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SimulatedDriverContract;

class LiebertContractTest extends SimulatedDriverContract {
    @Override
    protected Driver driver() {
        return new Liebert();
    }

    @Override
    protected SerialSimulator device() {
        return new MultiLinkUps();
    }
}
