package org.cobnut.drivers.liebertesp2;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class EspContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new LiebertEsp2();
    }

    @Override
    protected SerialSimulator device() {
        return EspUnit.small(true);
    }
}
