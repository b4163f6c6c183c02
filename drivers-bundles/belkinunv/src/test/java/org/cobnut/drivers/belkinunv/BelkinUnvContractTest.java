package org.cobnut.drivers.belkinunv;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SimulatedDriverContract;

class BelkinUnvContractTest extends SimulatedDriverContract {
    @Override
    protected Driver driver() {
        return new BelkinUnv();
    }

    @Override
    protected SerialSimulator device() {
        return new BelkinUnvUnit();
    }
}
