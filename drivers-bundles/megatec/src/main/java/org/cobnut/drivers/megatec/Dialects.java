package org.cobnut.drivers.megatec;

import java.util.List;
import java.util.Set;

/** All dialects, in the order in which a UPS is offered to them; the first that it speaks wins. */
final class Dialects {
    /** nutdrv_qx: those that would be taken for another stand before it, and the one that asks least stands last. */
    static final List<Dialect> QX = List.of(
            Voltronic.TABLE,
            VoltronicQs.TABLE,
            Mustek.TABLE,
            MegatecOld.TABLE,
            Mecer.TABLE,
            Megatec.TABLE,
            Zinto.TABLE,
            Q1.TABLE);

    /** blazer_ser: four of them, by their status answer alone, and with the names and units of its own. */
    static final List<Dialect> BLAZER = List.of(
            blazer("megatec", "Megatec", "Q1", "I"),
            blazer("mustek", "Mustek", "QS", "I"),
            blazer("megatec/old", "Megatec/old", "D", "I"),
            blazer("zinto", "Zinto", "Q1", "FW?"));

    private Dialects() {}

    /** The dialects that {@code protocol} leaves; none when it names none of them. */
    static List<Dialect> named(List<Dialect> all, String protocol) {
        String name = protocol.replace('/', '-');
        return all.stream()
                .filter(table -> table.name().replace('/', '-').equalsIgnoreCase(name))
                .toList();
    }

    private static Dialect blazer(String name, String title, String status, String vendor) {
        Query q = Query.quick(status, 47, "(");
        Query f = Query.once("F", Common.RATED, "#");
        Query i = Query.once(vendor, 38, "#");
        return new Dialect(
                name,
                title,
                List.of(Dialect.Claim.answers(q)),
                Dialect.Replies.SILENCE_OR_ACK,
                Delays.Limits.USUAL,
                Set.of(i),
                Set.of(f),
                Rows.rows(
                        Common.status(q, "input.frequency"),
                        Common.ratings(f, "input"),
                        Identity.rows(i, "ups"),
                        Common.commands(Common::testInMinutes)));
    }
}
