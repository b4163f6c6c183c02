package org.cobnut.drivers.microsol;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class SolisContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new Solis();
    }

    @Override
    protected SerialSimulator device() {
        return MicrosolUnit.solis(0xAD);
    }
}
