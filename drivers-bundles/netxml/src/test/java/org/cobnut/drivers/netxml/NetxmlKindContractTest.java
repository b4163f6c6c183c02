package org.cobnut.drivers.netxml;

import java.util.Map;
import org.cobnut.table.mapping.MappingKind;
import org.cobnut.table.testkit.MappingKindContract;

class NetxmlKindContractTest extends MappingKindContract<String> {
    @Override
    protected MappingKind<String> kind() {
        return NetxmlKind.INSTANCE;
    }

    @Override
    protected Map<String, byte[]> files() {
        return NetxmlKind.shipped();
    }
}
