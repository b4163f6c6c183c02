package org.cobnut.drivers.modbus;

class SocomecJbusContractTest extends ModbusDriverContract {
    SocomecJbusContractTest() {
        super(Devices.SOCOMEC);
    }
}
