package org.cobnut.drivers.industrial;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class Al175ContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new Al175();
    }

    @Override
    protected SerialSimulator device() {
        return new Al175Unit();
    }
}
