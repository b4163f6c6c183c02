package org.cobnut.drivers.modbus;

class AdelsystemCbiContractTest extends ModbusDriverContract {
    AdelsystemCbiContractTest() {
        super(Devices.ADELSYSTEM);
    }
}
