package org.cobnut.table.line;

/**
 * A part of the answer to a question: the address of drivers that ask a device one thing at a time.
 *
 * @param question what is asked, or the order that is given; it stands in messages
 * @param part which part of the answer, as the family calls it: the number of a field, columns, a name; empty for an order
 */
public record AnswerPart(String question, String part) {
    /** What an order is written to. */
    public static AnswerPart order(String name) {
        return new AnswerPart(name, "");
    }
}
