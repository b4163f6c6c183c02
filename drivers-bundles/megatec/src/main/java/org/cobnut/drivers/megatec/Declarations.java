package org.cobnut.drivers.megatec;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.table.Cadence;
import org.cobnut.table.Condition;
import org.cobnut.table.Numbers;

/**
 * What a mapping file of this family declares; of what it declares twice the last counts.
 *
 * @param questions by their labels
 * @param vendor the labels of questions left out when the section says novendor
 * @param rating the labels of questions left out when the section says norating
 */
record Declarations(
        Optional<String> title,
        Map<String, Query> questions,
        Set<String> vendor,
        Set<String> rating,
        Dialect.Replies replies,
        Delays.Limits limits) {
    static final Set<String> KEYWORDS = Set.of("title", "question", "replies", "delays");

    /** The longest answer that is read. */
    private static final long WIDEST = 256;

    /** @throws IllegalArgumentException with the reason for lines that make no sense */
    static Declarations of(List<List<String>> lines) {
        Optional<String> title = Optional.empty();
        var questions = new LinkedHashMap<String, Query>();
        var vendor = new LinkedHashSet<String>();
        var rating = new LinkedHashSet<String>();
        var replies = Dialect.Replies.SILENCE_OR_ACK;
        var limits = Delays.Limits.USUAL;
        for (List<String> line : lines) {
            switch (line.get(0)) {
                case "title" ->
                    title = Optional.of(words(line, 2, 2, "title NAME").get(1));
                case "replies" ->
                    replies = replies(words(line, 2, 2, "replies HOW").get(1));
                case "delays" -> limits = limits(line);
                case "question" -> {
                    words(line, 6, 7, "question LABEL TEXT WIDTH FIRST CADENCE [vendor|rating]");
                    String label = line.get(1);
                    questions.put(label, question(line));
                    vendor.remove(label);
                    rating.remove(label);
                    if (line.size() == 7) part(line.get(6), vendor, rating).add(label);
                }
                default -> throw new AssertionError(line);
            }
        }
        return new Declarations(title, questions, vendor, rating, replies, limits);
    }

    private static Query question(List<String> line) {
        if (!line.get(1).matches("[A-Za-z][A-Za-z0-9-]*"))
            throw new IllegalArgumentException("'%s' is no label of a question".formatted(line.get(1)));
        String text = line.get(2);
        if (!text.matches("[\\x21-\\x7e]{1,32}"))
            throw new IllegalArgumentException("a question is 1 to 32 characters without blanks");
        long width = Numbers.whole(line.get(3));
        if (width < 2 || width > WIDEST)
            throw new IllegalArgumentException(
                    "an answer has 2 to %d characters, its CR included, not %d".formatted(WIDEST, width));
        return new Query(text, (int) width, line.get(4), cadence(line.get(5)), Condition.ALWAYS);
    }

    private static Set<String> part(String word, Set<String> vendor, Set<String> rating) {
        return switch (word) {
            case "vendor" -> vendor;
            case "rating" -> rating;
            default -> throw new IllegalArgumentException("a question is vendor or rating, not '%s'".formatted(word));
        };
    }

    private static Cadence cadence(String word) {
        return one(Cadence.values(), word, "a question is asked");
    }

    private static Dialect.Replies replies(String word) {
        return one(Dialect.Replies.values(), word, "replies are");
    }

    private static Delays.Limits limits(List<String> line) {
        words(line, 5, 5, "delays LEAST-OFF MOST-OFF LEAST-ON MOST-ON");
        var limits = new Delays.Limits(
                Numbers.whole(line.get(1)),
                Numbers.whole(line.get(2)),
                Numbers.whole(line.get(3)),
                Numbers.whole(line.get(4)));
        if (limits.minShutdown() > limits.maxShutdown() || limits.minStart() > limits.maxStart())
            throw new IllegalArgumentException("the least delay is larger than the most");
        return limits;
    }

    private static List<String> words(List<String> line, int least, int most, String usage) {
        if (line.size() < least || line.size() > most) throw new IllegalArgumentException("it is: " + usage);
        return line;
    }

    /** The constant that a word of the file names, with hyphens for what joins its parts. */
    private static <E extends Enum<E>> E one(E[] values, String word, String what) {
        for (E value : values) if (spelled(value).equals(word)) return value;
        throw new IllegalArgumentException("%s %s, not '%s'"
                .formatted(
                        what,
                        String.join(
                                ", ",
                                Arrays.stream(values).map(Declarations::spelled).toList()),
                        word));
    }

    private static String spelled(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
