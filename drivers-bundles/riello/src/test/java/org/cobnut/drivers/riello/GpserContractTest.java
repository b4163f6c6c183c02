package org.cobnut.drivers.riello;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SimulatedDriverContract;

class GpserContractTest extends SimulatedDriverContract {
    @Override
    protected Driver driver() {
        return new RielloSer();
    }

    @Override
    protected SerialSimulator device() {
        return new RielloUnit.Gpser(true);
    }
}
