package org.cobnut.drivers.modbus;

class ApcModbusContractTest extends ModbusDriverContract {
    ApcModbusContractTest() {
        super(Devices.APC);
    }
}
