package org.cobnut.drivers.safenet;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class SafeNetContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new SafeNet();
    }

    @Override
    protected SerialSimulator device() {
        return new SafeNetUnit();
    }
}
