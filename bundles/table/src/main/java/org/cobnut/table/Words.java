package org.cobnut.table;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns what a device answered into words of ups.status or sentences of ups.alarm. Pure. */
@FunctionalInterface
public interface Words {
    /**
     * Converts an answer.
     *
     * @throws UnfitAnswerException when such an answer cannot be: the reading does not count then
     */
    List<String> of(String raw) throws IOException;

    /** Words for a 0 and words for a 1; anything else is unfit. An empty text is no word. */
    static Words bit(String zero, String one) {
        return lookup(Map.of("0", list(zero), "1", list(one))).only("0", "1");
    }

    /** The words that stand for an answer; an answer that is not among these says none. */
    static Words lookup(Map<String, List<String>> words) {
        Map<String, List<String>> copy = Map.copyOf(words);
        return raw -> copy.getOrDefault(raw.strip(), List.of());
    }

    /**
     * A word for a number in which the bits of a mask have this value; an answer that is no whole number is unfit.
     *
     * @param value bits within the mask
     */
    static Words bits(long mask, long value, String word) {
        return raw -> {
            if (!raw.matches("\\d{1,18}")) throw new UnfitAnswerException("'" + raw + "' stands where a number should");
            return (Long.parseLong(raw) & mask) == value ? List.of(word) : List.of();
        };
    }

    /** These words, but any answer other than these is unfit. */
    default Words only(String... answers) {
        String allowed = "a " + String.join(" or a ", answers);
        Set<String> fit = Set.of(answers);
        return raw -> {
            if (fit.contains(raw.strip())) return of(raw);
            throw new UnfitAnswerException("'" + raw + "' stands where " + allowed + " should");
        };
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }
}
