package org.cobnut.drivers.metasys;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class MetasysContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new Metasys();
    }

    @Override
    protected SerialSimulator device() {
        return new MetaSystemUps();
    }
}
