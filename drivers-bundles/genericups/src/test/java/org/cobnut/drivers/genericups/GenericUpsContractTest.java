package org.cobnut.drivers.genericups;

import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.serial.AnswerTable;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.cobnut.testkit.serial.SimulatedDriverContract;

class GenericUpsContractTest extends SimulatedDriverContract {
    @Override
    protected Driver driver() {
        return new GenericUps();
    }

    @Override
    protected SerialSimulator device() {
        return new AnswerTable("\r");
    }

    @Override
    protected String[] lines() {
        return new String[] {"upstype = 7"};
    }

    /** No byte passes. */
    @Override
    protected Set<Fault> faults() {
        return Set.of();
    }
}
