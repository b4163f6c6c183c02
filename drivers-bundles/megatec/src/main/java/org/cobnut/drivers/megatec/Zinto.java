package org.cobnut.drivers.megatec;

import static org.cobnut.drivers.megatec.Dialect.Claim.answers;

import java.util.List;
import java.util.Set;

/** Format megatec, but the identity is asked with FW?. */
final class Zinto {
    private static final Query Q1 = Query.quick("Q1", 47, "(");
    private static final Query F = Query.once("F", Common.RATED, "#");
    private static final Query FW = Query.once("FW?", 38, "#");

    static final Dialect TABLE = new Dialect(
            "zinto",
            "Zinto",
            List.of(answers(Q1), answers(FW)),
            Dialect.Replies.SILENCE_OR_ACK,
            Delays.Limits.USUAL,
            Set.of(FW),
            Set.of(F),
            Rows.rows(
                    Common.status(Q1, "input.frequency"),
                    Common.ratings(F, "input"),
                    Identity.rows(FW, "device"),
                    Common.commands(Common::testMinutes)));

    private Zinto() {}
}
