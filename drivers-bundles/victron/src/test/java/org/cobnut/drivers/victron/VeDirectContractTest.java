package org.cobnut.drivers.victron;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class VeDirectContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new VeDirect();
    }

    @Override
    protected SerialSimulator device() {
        return VeUnit.inverter();
    }
}
