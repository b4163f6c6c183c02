package org.cobnut.drivers.megatec;

import static org.cobnut.drivers.megatec.Dialect.Claim.answers;

import java.util.List;
import java.util.Set;

/** The dialect most UPSes speak: Q1, F, I. */
final class Megatec {
    private static final Query Q1 = Query.quick("Q1", 47, "(");
    private static final Query F = Query.once("F", Common.RATED, "#");
    private static final Query I = Query.full("I", 38, "#");

    static final Dialect TABLE = new Dialect(
            "megatec",
            "Megatec",
            List.of(answers(Q1), answers(I)),
            Dialect.Replies.SILENCE_OR_ACK,
            Delays.Limits.USUAL,
            Set.of(I),
            Set.of(F),
            Rows.rows(
                    Common.status(Q1, "input.frequency"),
                    Common.ratings(F, "input"),
                    Identity.rows(I, "device"),
                    Common.commands(Common::testMinutes)));

    private Megatec() {}
}
