package org.cobnut.conf.schema;

import java.util.List;
import java.util.function.Function;
import org.cobnut.wire.Lexer;

/**
 * Describes the value of a keyword and its form in Configuration Admin. {@link ValueTypes} creates them.
 *
 * @param most words it takes; the rest is ignored, as in NUT
 * @param wants the expectation in words, to stand behind "KEY wants"
 */
public record ValueType(Form form, int most, String wants, Function<List<String>, Read> reader) {
    /** How values lie in lines. */
    enum Form {
        /** One line, one value; several are joined by commas. */
        ONE,
        /** The keyword alone is true. */
        FLAG,
        /** Each line adds one element. */
        LINES,
        /** The same, and the words of an element are quoted where they must be. */
        QUOTED,
        /** Each word of each line adds one element. */
        WORDS,
        /** One line, its words are the elements. */
        PAIR
    }

    /** What became of the words. */
    sealed interface Read {
        /**
         * An Integer, Boolean, String or String[].
         *
         * @param spoilt what is wrong with a part of the words, while the rest makes this value
         */
        record Value(Object value, List<Refusal> spoilt) implements Read {
            public Value {
                spoilt = List.copyOf(spoilt);
            }

            /** A value of which every word counts. */
            Value(Object value) {
                this(value, List.of());
            }

            @Override
            public String toString() {
                return "a value"; // perhaps a secret
            }
        }

        /** What was wanted, and the word that is not it; that word is empty where it must not be shown. */
        record Refusal(String wants, String got) implements Read {}
    }

    /** Reads the words behind a keyword; of {@link Form#WORDS}, one word at a time. */
    Read read(List<String> words) {
        return words.isEmpty() && form != Form.FLAG ? new Read.Refusal(wants, "") : reader.apply(words);
    }

    /** Tells whether a second line adds to the first instead of replacing it. */
    boolean collects() {
        return form == Form.LINES || form == Form.QUOTED || form == Form.WORDS;
    }

    /** The values behind the keyword, line by line, that say the same as this value; none when it says nothing. */
    List<List<String>> lines(Object value) {
        List<String> all = texts(value);
        return switch (form) {
            case FLAG -> all.contains("true") ? List.of(List.of()) : List.of();
            case LINES ->
                all.stream().map(line -> List.of(line.trim().split("\\s+"))).toList();
            case QUOTED ->
                all.stream().flatMap(line -> Lexer.lines(line).stream()).toList();
            case ONE -> all.isEmpty() ? List.of() : List.of(List.of(String.join(",", all)));
            case WORDS, PAIR -> all.isEmpty() ? List.of() : List.of(all);
        };
    }

    /** A value of whatever kind Configuration Admin takes, as texts; an empty text is none. */
    public static List<String> texts(Object value) {
        List<?> all = value instanceof Object[] array
                ? List.of(array)
                : value instanceof List<?> list ? list : List.of(value);
        return all.stream().map(String::valueOf).filter(text -> !text.isEmpty()).toList();
    }
}
