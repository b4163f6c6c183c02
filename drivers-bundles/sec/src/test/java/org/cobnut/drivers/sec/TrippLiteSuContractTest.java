package org.cobnut.drivers.sec;

import java.util.EnumSet;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SerialSimulator.Fault;

class TrippLiteSuContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new TrippLiteSu();
    }

    @Override
    protected SerialSimulator device() {
        return SecUnit.trippLite();
    }

    /** The protocol has no checksum. */
    @Override
    protected Set<Fault> faults() {
        return EnumSet.complementOf(EnumSet.of(Fault.NONE, Fault.CORRUPT));
    }
}
