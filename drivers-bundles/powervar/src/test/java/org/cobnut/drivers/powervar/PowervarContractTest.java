package org.cobnut.drivers.powervar;

import java.util.EnumSet;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SerialSimulator.Fault;

class PowervarContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new PowervarSer();
    }

    @Override
    protected SerialSimulator device() {
        return new PowervarUnit();
    }

    /** The protocol has no checksum. */
    @Override
    protected Set<Fault> faults() {
        return EnumSet.complementOf(EnumSet.of(Fault.NONE, Fault.MUTATED, Fault.CORRUPT));
    }
}
