package org.cobnut.drivers.liebert;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class GxeContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new LiebertGxe();
    }

    @Override
    protected SerialSimulator device() {
        return new GxeUnit();
    }
}
