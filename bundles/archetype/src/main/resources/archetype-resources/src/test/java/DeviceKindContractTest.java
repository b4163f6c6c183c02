package ${package};

import java.util.Map;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.mapping.MappingKind;
import org.cobnut.table.testkit.MappingKindContract;

/** What every mapping file keeps to. */
class DeviceKindContractTest extends MappingKindContract<AnswerPart> {
    @Override
    protected MappingKind<AnswerPart> kind() {
        return DeviceKind.INSTANCE;
    }

    @Override
    protected Map<String, byte[]> files() {
        return DeviceKind.shipped();
    }
}
