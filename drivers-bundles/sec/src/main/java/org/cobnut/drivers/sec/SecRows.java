package org.cobnut.drivers.sec;

import java.util.Map;
import java.util.Optional;
import org.cobnut.table.Cadence;
import org.cobnut.table.Format;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Words;
import org.cobnut.table.line.AnswerPart;

/** Rows that read fields, counted from 1. */
final class SecRows {
    private SecRows() {}

    static Row.Field<AnswerPart> field(String question, int field, String name, Format format) {
        return Row.field(part(question, field), name, format);
    }

    static Row.Field<AnswerPart> once(String question, int field, String name, Format format) {
        return field(question, field, name, format).every(Cadence.ONCE);
    }

    static Row.Flag<AnswerPart> flag(String question, int field, Words words) {
        return Row.flag(part(question, field), words);
    }

    static Row.Command<AnswerPart> command(String name, String order, String argument) {
        return Row.command(name, AnswerPart.order(order), constant(argument));
    }

    static Row.Argument constant(String argument) {
        return (given, known) -> argument;
    }

    /** A number of tenths; what stands behind the digits is passed over. */
    static Format tenths() {
        return scaled(0.1, 1);
    }

    static Format whole() {
        return scaled(1, 0);
    }

    static Format scaled(double factor, int decimals) {
        return (raw, known) -> Numbers.leading(raw).map(number -> Numbers.format(number * factor, decimals));
    }

    /** The text for a number; a number that is not among them says nothing. */
    static Format named(Map<Integer, String> names) {
        return (raw, known) ->
                Numbers.leading(raw).flatMap(number -> Optional.ofNullable(names.get(number.intValue())));
    }

    private static AnswerPart part(String question, int field) {
        return new AnswerPart(question, Integer.toString(field));
    }
}
