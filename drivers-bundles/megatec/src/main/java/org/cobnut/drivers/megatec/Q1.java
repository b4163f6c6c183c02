package org.cobnut.drivers.megatec;

import static org.cobnut.drivers.megatec.Table.Claim.answers;

import java.util.List;
import java.util.Set;

/** Status only: the last resort. */
final class Q1 {
    private static final Query STATUS = Query.quick("Q1", 47, "(");

    static final Table TABLE = new Table(
            "q1",
            "Q1",
            List.of(answers(STATUS)),
            Table.Replies.SILENCE_OR_ACK,
            Delays.Limits.USUAL,
            Set.of(),
            Set.of(),
            Table.rows(Common.status(STATUS, "input.frequency"), Common.orders(Common::testMinutes)));

    private Q1() {}
}
