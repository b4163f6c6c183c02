package org.cobnut.drivers.powercom;

import java.util.EnumSet;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SerialSimulator.Fault;

class KinContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new Powercom();
    }

    @Override
    protected SerialSimulator device() {
        return PowercomUnit.kin();
    }

    @Override
    protected String[] lines() {
        return new String[] {"type = KIN"};
    }

    /** The protocol has no checksum. */
    @Override
    protected Set<Fault> faults() {
        return EnumSet.complementOf(EnumSet.of(Fault.NONE, Fault.MUTATED, Fault.CORRUPT));
    }
}
