package org.cobnut.drivers.oldserial;

import java.util.EnumSet;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SerialSimulator.Fault;

class EverContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new EverUps();
    }

    @Override
    protected SerialSimulator device() {
        return new EverUnit();
    }

    /** There is no checksum. */
    @Override
    protected Set<Fault> faults() {
        return EnumSet.complementOf(EnumSet.of(Fault.NONE, Fault.CORRUPT));
    }
}
