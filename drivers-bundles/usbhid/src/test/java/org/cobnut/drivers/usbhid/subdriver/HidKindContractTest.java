package org.cobnut.drivers.usbhid.subdriver;

import java.util.Map;
import org.cobnut.table.mapping.MappingKind;
import org.cobnut.table.testkit.MappingKindContract;

class HidKindContractTest extends MappingKindContract<Address> {
    @Override
    protected MappingKind<Address> kind() {
        return HidKind.INSTANCE;
    }

    @Override
    protected Map<String, byte[]> files() {
        return Subdrivers.shipped();
    }
}
