package org.cobnut.drivers.industrial;

import java.util.EnumSet;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SerialSimulator.Fault;

class MeanwellContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new MeanwellNtu();
    }

    @Override
    protected SerialSimulator device() {
        return new MeanwellUnit();
    }

    /** The protocol has no checksum. */
    @Override
    protected Set<Fault> faults() {
        return EnumSet.complementOf(EnumSet.of(Fault.NONE, Fault.MUTATED, Fault.CORRUPT));
    }
}
