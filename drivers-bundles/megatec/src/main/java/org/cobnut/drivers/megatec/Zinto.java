package org.cobnut.drivers.megatec;

import static org.cobnut.drivers.megatec.Table.Claim.answers;

import java.util.List;
import java.util.Set;

/** As megatec, but the identity is asked with FW?. */
final class Zinto {
    private static final Query Q1 = Query.quick("Q1", 47, "(");
    private static final Query F = Query.once("F", Common.RATED, "#");
    private static final Query FW = Query.once("FW?", 38, "#");

    static final Table TABLE = new Table(
            "zinto",
            "Zinto",
            List.of(answers(Q1), answers(FW)),
            Table.Replies.SILENCE_OR_ACK,
            Delays.Limits.USUAL,
            Set.of(FW),
            Set.of(F),
            Table.rows(
                    Common.status(Q1, "input.frequency"),
                    Common.ratings(F, "input"),
                    Identity.rows(FW, "device"),
                    Common.orders(Common::testMinutes)));

    private Zinto() {}
}
