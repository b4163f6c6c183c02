package org.cobnut.drivers.megatec;

import static org.cobnut.drivers.megatec.Table.Claim.answers;

import java.util.List;
import java.util.Set;

/** As megatec, but the status is asked with QS. */
final class Mustek {
    private static final Query QS = Query.quick("QS", 47, "(");
    private static final Query F = Query.once("F", Common.RATED, "#");
    private static final Query I = Query.once("I", 38, "#");

    static final Table TABLE = new Table(
            "mustek",
            "Mustek",
            List.of(answers(QS)),
            Table.Replies.SILENCE_OR_ACK,
            Delays.Limits.USUAL,
            Set.of(I),
            Set.of(F),
            Table.rows(
                    Common.status(QS, "input.frequency"),
                    Common.ratings(F, "input"),
                    Identity.rows(I, "device"),
                    Common.orders(Common::testMinutes)));

    private Mustek() {}
}
