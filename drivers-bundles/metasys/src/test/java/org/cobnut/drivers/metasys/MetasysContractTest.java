package org.cobnut.drivers.metasys;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SimulatedDriverContract;

class MetasysContractTest extends SimulatedDriverContract {
    @Override
    protected Driver driver() {
        return new Metasys();
    }

    @Override
    protected SerialSimulator device() {
        return new MetaSystemUps();
    }
}
