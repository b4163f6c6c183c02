package org.cobnut.drivers.upscode2;

import java.util.EnumSet;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SerialSimulator.Fault;

class Upscode2ContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new Upscode2();
    }

    @Override
    protected SerialSimulator device() {
        return Upscode2Unit.one();
    }

    /** The protocol has no checksum. */
    @Override
    protected Set<Fault> faults() {
        return EnumSet.complementOf(EnumSet.of(Fault.NONE, Fault.MUTATED, Fault.CORRUPT));
    }
}
