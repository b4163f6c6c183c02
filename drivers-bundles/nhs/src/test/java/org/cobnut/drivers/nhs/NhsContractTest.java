package org.cobnut.drivers.nhs;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class NhsContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new NhsSer();
    }

    @Override
    protected SerialSimulator device() {
        return new NhsUps(true);
    }

    @Override
    protected String[] lines() {
        return new String[] {"ah = 18"};
    }
}
