package org.cobnut.drivers.microsol;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class RhinoContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new Rhino();
    }

    @Override
    protected SerialSimulator device() {
        return MicrosolUnit.rhino();
    }
}
