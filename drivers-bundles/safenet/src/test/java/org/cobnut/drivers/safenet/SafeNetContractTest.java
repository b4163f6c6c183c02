package org.cobnut.drivers.safenet;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SimulatedDriverContract;

class SafeNetContractTest extends SimulatedDriverContract {
    @Override
    protected Driver driver() {
        return new SafeNet();
    }

    @Override
    protected SerialSimulator device() {
        return new SafeNetUnit();
    }
}
