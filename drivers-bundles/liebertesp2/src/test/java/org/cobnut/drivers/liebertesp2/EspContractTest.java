package org.cobnut.drivers.liebertesp2;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SimulatedDriverContract;

class EspContractTest extends SimulatedDriverContract {
    @Override
    protected Driver driver() {
        return new LiebertEsp2();
    }

    @Override
    protected SerialSimulator device() {
        return EspUnit.small(true);
    }
}
