package org.cobnut.drivers.optiups;

import java.util.EnumSet;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SerialSimulator.Fault;

class OptiUpsContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new OptiUps();
    }

    @Override
    protected SerialSimulator device() {
        return OptiUnit.opti();
    }

    /** The protocol has no checksum. */
    @Override
    protected Set<Fault> faults() {
        return EnumSet.complementOf(EnumSet.of(Fault.NONE, Fault.CORRUPT));
    }
}
