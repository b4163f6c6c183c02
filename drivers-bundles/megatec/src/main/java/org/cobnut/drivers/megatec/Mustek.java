package org.cobnut.drivers.megatec;

import static org.cobnut.drivers.megatec.Dialect.Claim.answers;

import java.util.List;
import java.util.Set;

/** Format megatec, but the status is asked with QS. */
final class Mustek {
    private static final Query QS = Query.quick("QS", 47, "(");
    private static final Query F = Query.once("F", Common.RATED, "#");
    private static final Query I = Query.once("I", 38, "#");

    static final Dialect TABLE = new Dialect(
            "mustek",
            "Mustek",
            List.of(answers(QS)),
            Dialect.Replies.SILENCE_OR_ACK,
            Delays.Limits.USUAL,
            Set.of(I),
            Set.of(F),
            Rows.rows(
                    Common.status(QS, "input.frequency"),
                    Common.ratings(F, "input"),
                    Identity.rows(I, "device"),
                    Common.commands(Common::testMinutes)));

    private Mustek() {}
}
