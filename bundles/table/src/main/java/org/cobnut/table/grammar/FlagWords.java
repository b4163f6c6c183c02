package org.cobnut.table.grammar;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.cobnut.table.Numbers;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.Words;

/**
 * Words for an answer that is true or false: {@code flag LB}, {@code flag OL | OB}, {@code flag not OB}. A number is true
 * unless it is 0; a text that is neither is unfit.
 */
final class FlagWords {
    private static final Set<String> TRUE = Set.of("true", "yes", "on");
    private static final Set<String> FALSE = Set.of("false", "no", "off");

    private FlagWords() {}

    static Words words(Cursor cursor) {
        boolean not = cursor.skip("not");
        List<String> yes = List.of(cursor.next("a word of ups.status"));
        List<String> no = cursor.skip("|") ? List.of(cursor.next("a word of ups.status")) : List.of();
        return raw -> holds(raw) != not ? yes : no;
    }

    private static boolean holds(String raw) throws UnfitAnswerException {
        String text = raw.strip();
        Optional<Double> number = Numbers.parse(text);
        if (number.isPresent()) return number.get() != 0;
        String word = text.toLowerCase(Locale.ROOT);
        if (TRUE.contains(word)) return true;
        if (FALSE.contains(word)) return false;
        throw new UnfitAnswerException("'" + raw + "' stands where true or false should");
    }
}
