package org.cobnut.drivers.modbus;

class HuaweiUps2000ContractTest extends ModbusDriverContract {
    HuaweiUps2000ContractTest() {
        super(Devices.HUAWEI);
    }
}
