package org.cobnut.drivers.modbus;

import java.nio.file.Path;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.DriverContract;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.modbus.ModbusRtuSimulator;

/** The contract of drivers for the devices of these tests. */
abstract class ModbusDriverContract extends DriverContract {
    private final Devices device;

    ModbusDriverContract(Devices device) {
        this.device = device;
    }

    @Override
    protected Driver driver() {
        return device.driver();
    }

    @Override
    protected Settings settings(Path folder) {
        return Bench.settings(driver(), device.options());
    }

    @Override
    protected TestLinks links(Path folder) {
        return Bench.links(folder, new ModbusRtuSimulator(device.slave(), device.unit(), device.speed()));
    }
}
