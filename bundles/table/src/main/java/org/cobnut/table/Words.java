package org.cobnut.table;

import java.io.IOException;
import java.util.List;
import java.util.Map;

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
        List<String> no = list(zero);
        List<String> yes = list(one);
        return raw -> switch (raw) {
            case "0" -> no;
            case "1" -> yes;
            default -> throw new UnfitAnswerException("'" + raw + "' stands where a 0 or a 1 should");
        };
    }

    /** The words that stand for an answer; an answer that is not among these says none. */
    static Words lookup(Map<String, List<String>> words) {
        Map<String, List<String>> copy = Map.copyOf(words);
        return raw -> copy.getOrDefault(raw.strip(), List.of());
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }
}
