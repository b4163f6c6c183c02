package ${package};

import java.util.EnumSet;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.testkit.serial.MutatedAnswersContract;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SerialSimulator.Fault;

/** What every driver of a serial device keeps to: a device that fails costs a reading, and never brings a wrong one. */
class DeviceDriverContractTest extends MutatedAnswersContract {
    @Override
    protected Driver driver() {
        return new DeviceDriver(MappingSet.of(DeviceKind.INSTANCE, DeviceKind.shipped()));
    }

    @Override
    protected SerialSimulator device() {
        return new SimulatedDevice();
    }

    @Override
    protected Set<Fault> faults() {
        return EnumSet.complementOf(EnumSet.of(Fault.NONE, Fault.MUTATED));
    }
}
