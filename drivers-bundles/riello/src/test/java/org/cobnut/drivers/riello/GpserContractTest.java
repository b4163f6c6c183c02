package org.cobnut.drivers.riello;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class GpserContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new RielloSer();
    }

    @Override
    protected SerialSimulator device() {
        return new RielloUnit.Gpser(true);
    }
}
