package org.cobnut.drivers.modbus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.cobnut.link.modbus.ModbusLink;
import org.cobnut.link.modbus.ModbusParameters;
import org.cobnut.table.testkit.WireContract;
import org.cobnut.testkit.modbus.ModbusRtuSimulator;
import org.cobnut.testkit.serial.SerialSimulator.Fault;

class ModbusWireContractTest extends WireContract<Address> {
    @Override
    protected Devices<Address> devices() {
        return new Devices<>(
                () -> wire(Fault.NONE),
                () -> wire(Fault.SILENCE),
                List.of(
                        Address.Parser.parse("holding:11000"),
                        Address.Parser.parse("holding:12004/u32"),
                        Address.Parser.parse("holding:41180.3"),
                        Address.Parser.parse("identification:0x88.1")),
                Address.Parser.parse("holding:11046"),
                "1");
    }

    private static ModbusWire wire(Fault fault) throws IOException {
        var device = org.cobnut.drivers.modbus.Devices.HUAWEI;
        var line = new ModbusRtuSimulator(device.slave(), device.unit(), device.speed());
        line.fault(fault);
        ModbusLink link = Bench.links(Path.of("."), line)
                .open(ModbusLink.class, Bench.PORT, ModbusParameters.unit(device.unit()));
        return new ModbusWire(link, Set.of(), true, 120);
    }
}
