package org.cobnut.drivers.modbus;

class PhoenixContactModbusContractTest extends ModbusDriverContract {
    PhoenixContactModbusContractTest() {
        super(Devices.QUINT);
    }
}
