package org.cobnut.drivers.megatec;

import java.util.List;
import org.cobnut.drivers.megatec.dialect.Dialect;
import org.cobnut.drivers.megatec.dialect.MegatecWire;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.drivers.megatec.wire.Address.Columns;
import org.cobnut.drivers.megatec.wire.Connection;
import org.cobnut.drivers.megatec.wire.SerialTextLine;
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
                () -> new MegatecWire(new Connection(new SerialTextLine(PtyUps.transcript("megatec"))), DIALECT),
                () -> new MegatecWire(new Connection(new SerialTextLine(new Transcript())), DIALECT),
                columns,
                Address.Line.COMMAND,
                "Q");
    }
}
