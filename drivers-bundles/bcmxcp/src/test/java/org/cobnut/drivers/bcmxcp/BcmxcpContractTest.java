package org.cobnut.drivers.bcmxcp;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class BcmxcpContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new Bcmxcp();
    }

    @Override
    protected SerialSimulator device() {
        return new XcpUnit();
    }
}
