package org.cobnut.drivers.modbus;

class MustEp2000ProContractTest extends ModbusDriverContract {
    MustEp2000ProContractTest() {
        super(Devices.MUST);
    }
}
