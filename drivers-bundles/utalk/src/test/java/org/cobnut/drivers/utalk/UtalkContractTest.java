package org.cobnut.drivers.utalk;

import java.util.EnumSet;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SerialSimulator.Fault;

class UtalkContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new MgeUtalk();
    }

    @Override
    protected SerialSimulator device() {
        return new Pulsar();
    }

    /** The protocol has no checksum. */
    @Override
    protected Set<Fault> faults() {
        return EnumSet.complementOf(EnumSet.of(Fault.NONE, Fault.CORRUPT, Fault.MUTATED));
    }
}
