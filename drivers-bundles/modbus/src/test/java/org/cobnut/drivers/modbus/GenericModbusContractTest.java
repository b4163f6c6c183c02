package org.cobnut.drivers.modbus;

class GenericModbusContractTest extends ModbusDriverContract {
    GenericModbusContractTest() {
        super(Devices.GENERIC);
    }
}
