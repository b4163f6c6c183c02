package org.cobnut.drivers.microdowell;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SimulatedDriverContract;

class MicrodowellContractTest extends SimulatedDriverContract {
    @Override
    protected Driver driver() {
        return new Microdowell();
    }

    @Override
    protected SerialSimulator device() {
        return new EnterpriseUnit(12);
    }
}
