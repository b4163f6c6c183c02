package org.cobnut.drivers.powercom;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class PowercomContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new Powercom();
    }

    @Override
    protected SerialSimulator device() {
        return PowercomUnit.trust();
    }
}
