package org.cobnut.drivers.megatec;

import java.util.Map;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.table.mapping.MappingKind;
import org.cobnut.table.testkit.MappingKindContract;

class MegatecKindContractTest extends MappingKindContract<Address> {
    @Override
    protected MappingKind<Address> kind() {
        return MegatecKind.INSTANCE;
    }

    @Override
    protected Map<String, byte[]> files() {
        return Dialects.shipped();
    }
}
