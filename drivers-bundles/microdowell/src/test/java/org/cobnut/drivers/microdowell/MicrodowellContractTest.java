package org.cobnut.drivers.microdowell;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class MicrodowellContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new Microdowell();
    }

    @Override
    protected SerialSimulator device() {
        return new EnterpriseUnit(12);
    }
}
