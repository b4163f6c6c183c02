package org.cobnut.drivers.snmp;

import java.util.Map;
import org.cobnut.table.mapping.MappingKind;
import org.cobnut.table.testkit.MappingKindContract;

class SnmpKindContractTest extends MappingKindContract<Address> {
    @Override
    protected MappingKind<Address> kind() {
        return SnmpKind.INSTANCE;
    }

    @Override
    protected Map<String, byte[]> files() {
        return Bench.shipped();
    }
}
