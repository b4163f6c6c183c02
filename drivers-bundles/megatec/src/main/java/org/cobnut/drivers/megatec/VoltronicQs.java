package org.cobnut.drivers.megatec;

import static org.cobnut.drivers.megatec.Dialect.Claim.answers;
import static org.cobnut.drivers.megatec.Rows.field;
import static org.cobnut.table.Format.fixed;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Voltronic units that are asked with QS and know no identity. */
final class VoltronicQs {
    private static final Query M = Query.once("M", 2, "");
    private static final Query QS = Query.quick("QS", 47, "(");
    private static final Query F = Query.once("F", Common.RATED, "#");
    private static final Query QI = Query.full("QI", 49, "(");

    static final Dialect TABLE = new Dialect(
            "voltronic-qs",
            "Voltronic-QS",
            List.of(answers(M, "[VH]"), answers(QS)),
            Dialect.Replies.SILENCE,
            new Delays.Limits(12, 540, 60, 599_940),
            Set.of(),
            Set.of(F),
            Rows.rows(
                    List.of(
                            // V
                            // 0
                            field(M, 0, 0, "ups.firmware.aux", (letter, known) -> Optional.of("PM-" + letter))),
                    Common.status(QS, "output.frequency"),
                    Common.ratings(F, "output"),
                    List.of(
                            // (CCC RRRRR FF.F OOO.O LLL HHH N bbbbbbbb bbbbbbb
                            // 012345678901234567890123456789012345678901234567
                            // 0         1         2         3         4
                            field(QI, 1, 3, "battery.charge", fixed(0)),
                            field(QI, 5, 9, "battery.runtime", fixed(0)),
                            field(QI, 11, 14, "input.frequency", fixed(1)),
                            field(QI, 16, 20, "output.current", fixed(1)),
                            field(QI, 22, 24, "input.transfer.low", fixed(0)),
                            field(QI, 26, 28, "input.transfer.high", fixed(0))),
                    Common.shortCommands()));

    private VoltronicQs() {}
}
