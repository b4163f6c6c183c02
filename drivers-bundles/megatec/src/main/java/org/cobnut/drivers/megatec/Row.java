package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.cobnut.model.VarType;

/** One line of a dialect's table. Columns count from 0, both ends belong to it; see {@link #REST}. */
sealed interface Row {
    /** As the last column: up to the end of the answer, its CR left out. */
    int REST = 0;

    /** Columns of an answer that are the value of a variable; a name without a dot is for the session alone. */
    record Field(Query query, int from, int to, String name, As as) implements Row {}

    /** Columns that stand for words of ups.status. */
    record Flag(Query query, int from, int to, Words words) implements Row {}

    /** Columns that stand for sentences of ups.alarm. */
    record Alarm(Query query, int from, int to, Words sentences) implements Row {}

    /** An instant command, for those UPSes that have it. */
    record Order(String command, Wire wire, Predicate<Known> need) implements Row {}

    /** A variable that can be written while it has a type; one without a dot is an option of ups.conf. */
    record Setting(String name, Function<Known, Optional<VarType>> type, Function<String, String> wire)
            implements Row {}

    /** How characters become a value; none when they say nothing this time. */
    @FunctionalInterface
    interface As {
        Optional<String> value(String text, Known known);
    }

    /** How characters become words or sentences. */
    @FunctionalInterface
    interface Words {
        /** @throws IOException when it is none of the characters that may stand there */
        List<String> of(String text) throws IOException;
    }

    /** What is sent for a command. */
    @FunctionalInterface
    interface Wire {
        /** @throws IllegalArgumentException when the argument makes no sense; the message says why */
        String of(String argument, Delays delays, Known known);
    }

    static Field field(Query query, int from, int to, String name, As as) {
        return new Field(query, from, to, name, as);
    }

    static Flag flag(Query query, int at, String zero, String one) {
        return new Flag(query, at, at, bit(List.of(zero), List.of(one)));
    }

    static Flag flag(Query query, int from, int to, Words words) {
        return new Flag(query, from, to, words);
    }

    static Alarm alarm(Query query, int at, String one) {
        return new Alarm(query, at, at, bit(List.of(), List.of(one)));
    }

    static Alarm alarm(Query query, int from, int to, Words sentences) {
        return new Alarm(query, from, to, sentences);
    }

    static Order order(String command, String wire) {
        return new Order(command, (argument, delays, known) -> wire, known -> true);
    }

    static Order order(String command, Wire wire) {
        return new Order(command, wire, known -> true);
    }

    static Setting setting(String name, Function<Known, Optional<VarType>> type, Function<String, String> wire) {
        return new Setting(name, type, wire);
    }

    /** The columns of an answer; fewer when it ends before them. */
    static String cut(String answer, int from, int to) {
        String text = answer.endsWith("\r") ? answer.substring(0, answer.length() - 1) : answer;
        int end = to == REST ? text.length() : Math.min(to + 1, text.length());
        return from >= end ? "" : text.substring(from, end);
    }

    private static Words bit(List<String> zero, List<String> one) {
        return text -> switch (text) {
            case "0" -> zero;
            case "1" -> one;
            default -> throw new UnfitAnswerException("'" + text + "' stands where a 0 or a 1 should");
        };
    }
}
