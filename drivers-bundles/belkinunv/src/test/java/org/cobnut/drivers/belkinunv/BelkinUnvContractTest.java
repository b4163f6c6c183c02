package org.cobnut.drivers.belkinunv;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class BelkinUnvContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new BelkinUnv();
    }

    @Override
    protected SerialSimulator device() {
        return new BelkinUnvUnit();
    }
}
