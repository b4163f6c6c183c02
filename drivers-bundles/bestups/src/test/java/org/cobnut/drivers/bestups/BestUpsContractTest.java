package org.cobnut.drivers.bestups;

import java.util.EnumSet;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SerialSimulator.Fault;

class BestUpsContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new BestUps();
    }

    @Override
    protected SerialSimulator device() {
        return new BestUnit();
    }

    /** The protocol has no checksum. */
    @Override
    protected Set<Fault> faults() {
        return EnumSet.complementOf(EnumSet.of(Fault.NONE, Fault.CORRUPT));
    }
}
