package org.cobnut.drivers.powerpanel;

import java.util.EnumSet;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SerialSimulator.Fault;

class HashContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new NutdrvHashx();
    }

    @Override
    protected SerialSimulator device() {
        return new HashUps();
    }

    /** The protocol has no checksum over its readings. */
    @Override
    protected Set<Fault> faults() {
        return EnumSet.complementOf(EnumSet.of(Fault.NONE, Fault.CORRUPT, Fault.MUTATED));
    }
}
