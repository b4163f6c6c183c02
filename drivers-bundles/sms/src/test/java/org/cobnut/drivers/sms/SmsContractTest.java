package org.cobnut.drivers.sms;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;

class SmsContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new SmsSer();
    }

    @Override
    protected SerialSimulator device() {
        return new SmsUnit();
    }
}
