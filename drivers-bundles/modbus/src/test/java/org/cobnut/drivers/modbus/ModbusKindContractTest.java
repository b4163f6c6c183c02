package org.cobnut.drivers.modbus;

import java.util.Map;
import org.cobnut.table.mapping.MappingKind;
import org.cobnut.table.testkit.MappingKindContract;

class ModbusKindContractTest extends MappingKindContract<Address> {
    @Override
    protected MappingKind<Address> kind() {
        return ModbusKind.INSTANCE;
    }

    @Override
    protected Map<String, byte[]> files() {
        return ModbusKind.shipped();
    }
}
