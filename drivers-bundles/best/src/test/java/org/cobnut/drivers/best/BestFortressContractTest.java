package org.cobnut.drivers.best;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class BestFortressContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new BestFortress();
    }

    @Override
    protected SerialSimulator device() {
        return BestUnit.fortress();
    }
}
