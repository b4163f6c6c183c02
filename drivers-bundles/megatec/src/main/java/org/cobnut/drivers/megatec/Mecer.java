package org.cobnut.drivers.megatec;

import static org.cobnut.drivers.megatec.Row.field;
import static org.cobnut.drivers.megatec.Table.Claim.answers;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Voltronic units of protocol 98: the fields of megatec, but every command is acknowledged. */
final class Mecer {
    private static final Query QPI = Query.once("QPI", 6, "(");
    private static final Query Q1 = Query.quick("Q1", 47, "(");
    private static final Query F = Query.once("F", Common.RATED, "#");
    private static final Query I = Query.once("I", 38, "#");

    static final Table TABLE = new Table(
            "mecer",
            "Mecer",
            List.of(answers(Q1), answers(QPI, "\\(PI98")),
            Table.Replies.ACK,
            Delays.Limits.USUAL,
            Set.of(I),
            Set.of(F),
            Table.rows(
                    List.of(
                            // (PI98
                            // 01234
                            field(QPI, 1, 4, "ups.firmware.aux", Mecer::protocol)),
                    Common.status(Q1, "input.frequency"),
                    Common.ratings(F, "input"),
                    Identity.rows(I, "device"),
                    Common.orders(Common::testTenths)));

    private Mecer() {}

    private static Optional<String> protocol(String text, Known known) {
        return Optional.of("Voltronic Power P" + text.substring(2));
    }
}
