package org.cobnut.drivers.megatec;

import static org.cobnut.drivers.megatec.Dialect.Claim.answers;

import java.util.List;
import java.util.Set;

/** Status only: the last resort. */
final class Q1 {
    private static final Query STATUS = Query.quick("Q1", 47, "(");

    static final Dialect TABLE = new Dialect(
            "q1",
            "Q1",
            List.of(answers(STATUS)),
            Dialect.Replies.SILENCE_OR_ACK,
            Delays.Limits.USUAL,
            Set.of(),
            Set.of(),
            Rows.rows(Common.status(STATUS, "input.frequency"), Common.commands(Common::testMinutes)));

    private Q1() {}
}
