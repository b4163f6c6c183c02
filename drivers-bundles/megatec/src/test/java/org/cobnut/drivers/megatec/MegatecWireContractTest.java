package org.cobnut.drivers.megatec;

import java.util.List;
import org.cobnut.drivers.megatec.Address.Columns;
import org.cobnut.table.Row.Reading;
import org.cobnut.table.testkit.WireContract;

class MegatecWireContractTest extends WireContract<Address> {
    private static final Dialect DIALECT =
            Dialects.named(Dialects.QX, "megatec").get(0);

    @Override
    protected Devices<Address> devices() {
        List<Address> columns = DIALECT.rows().stream()
                .filter(row -> row instanceof Reading<Address> reading
                        && reading.source().address() instanceof Columns)
                .map(row -> ((Reading<Address>) row).source().address())
                .distinct()
                .toList();
        return new Devices<>(
                () -> new MegatecWire(new Connection(PtyUps.transcript("megatec")), DIALECT),
                () -> new MegatecWire(new Connection(new Transcript()), DIALECT),
                columns,
                Address.Line.COMMAND,
                "Q");
    }
}
