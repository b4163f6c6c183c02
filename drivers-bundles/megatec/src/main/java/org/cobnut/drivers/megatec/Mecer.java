package org.cobnut.drivers.megatec;

import static org.cobnut.drivers.megatec.Dialect.Claim.answers;
import static org.cobnut.drivers.megatec.Rows.field;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cobnut.table.Known;

/** Voltronic units of protocol 98: the fields of megatec, but every command is acknowledged. */
final class Mecer {
    private static final Query QPI = Query.once("QPI", 6, "(");
    private static final Query Q1 = Query.quick("Q1", 47, "(");
    private static final Query F = Query.once("F", Common.RATED, "#");
    private static final Query I = Query.once("I", 38, "#");

    static final Dialect TABLE = new Dialect(
            "mecer",
            "Mecer",
            List.of(answers(Q1), answers(QPI, "\\(PI98")),
            Dialect.Replies.ACK,
            Delays.Limits.USUAL,
            Set.of(I),
            Set.of(F),
            Rows.rows(
                    List.of(
                            // (PI98
                            // 01234
                            field(QPI, 1, 4, "ups.firmware.aux", Mecer::protocol)),
                    Common.status(Q1, "input.frequency"),
                    Common.ratings(F, "input"),
                    Identity.rows(I, "device"),
                    Common.commands(Common::testTenths)));

    private Mecer() {}

    private static Optional<String> protocol(String text, Known known) {
        return Optional.of("Voltronic Power P" + text.substring(2));
    }
}
