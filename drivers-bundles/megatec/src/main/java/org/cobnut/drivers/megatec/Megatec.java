package org.cobnut.drivers.megatec;

import static org.cobnut.drivers.megatec.Row.REST;
import static org.cobnut.drivers.megatec.Row.field;
import static org.cobnut.drivers.megatec.Table.Claim.answers;
import static org.cobnut.drivers.megatec.Values.fixed;
import static org.cobnut.drivers.megatec.Values.text;

import java.util.List;
import java.util.Set;

/** The dialect most UPSes speak: Q1, F, I. */
final class Megatec {
    private static final Query Q1 = Query.quick("Q1", 47, "(");
    private static final Query F = Query.once("F", 22, "#");
    private static final Query I = Query.full("I", 38, "#");

    static final Table TABLE = new Table(
            "megatec",
            "Megatec",
            List.of(answers(Q1), answers(I)),
            Table.Replies.SILENCE_OR_ACK,
            Delays.Limits.USUAL,
            Set.of(I),
            Set.of(F),
            Table.rows(
                    Common.status(Q1, "input.frequency"),
                    Common.ratings(F, "input"),
                    List.of(
                            // #MMMMMMMSSSSSSSS DDDDDRRRRR VVVVVVVVVV
                            // 01234567890123456789012345678901234567
                            // 0         1         2         3
                            field(I, 1, 7, "device.mfr", text()),
                            field(I, 8, 15, "ups.serial", text()),
                            field(I, 17, 21, "device.model", text()),
                            field(I, 22, 26, "battery.runtime", fixed(0)),
                            field(I, 28, REST, "ups.firmware", text())),
                    Common.orders(Common::testMinutes)));

    private Megatec() {}
}
