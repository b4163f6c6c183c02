package org.cobnut.table.mapping;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cobnut.table.Numbers;
import org.cobnut.table.Words;

/** Words for an answer that is true or false: {@code flag LB}, {@code flag OL | OB}, {@code flag not OB}. */
final class Truth {
    private static final Set<String> TRUE = Set.of("true", "yes", "on");

    private Truth() {}

    static Words words(Cursor cursor) {
        boolean not = cursor.skip("not");
        List<String> yes = List.of(cursor.next("a word of ups.status"));
        List<String> no = cursor.skip("|") ? List.of(cursor.next("a word of ups.status")) : List.of();
        return raw -> holds(raw) != not ? yes : no;
    }

    private static boolean holds(String raw) {
        String text = raw.strip();
        return Numbers.parse(text)
                .map(number -> number != 0)
                .orElseGet(() -> TRUE.contains(text.toLowerCase(Locale.ROOT)));
    }
}
