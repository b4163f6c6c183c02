package org.cobnut.drivers.apcsmart.microlink;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class MicrolinkContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new ApcMicrolink();
    }

    @Override
    protected SerialSimulator device() {
        return new MicrolinkUnit();
    }
}
