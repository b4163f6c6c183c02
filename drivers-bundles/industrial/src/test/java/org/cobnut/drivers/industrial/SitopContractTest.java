package org.cobnut.drivers.industrial;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class SitopContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new Sitop();
    }

    @Override
    protected SerialSimulator device() {
        return new SitopUnit();
    }
}
