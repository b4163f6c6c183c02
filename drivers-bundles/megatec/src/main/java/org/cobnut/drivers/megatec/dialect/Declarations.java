package org.cobnut.drivers.megatec.dialect;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.drivers.megatec.wire.Coding;
import org.cobnut.drivers.megatec.wire.Query;
import org.cobnut.drivers.megatec.wire.Shape;
import org.cobnut.table.Cadence;
import org.cobnut.table.Numbers;

/** What a mapping file of this family declares; of what it declares twice the last counts. */
public final class Declarations {
    /** The first words of its lines. */
    public static final Set<String> KEYWORDS =
            Set.of("title", "question", "answer", "coding", "replies", "delays", "usb");

    /** The longest answer that is read. */
    private static final long WIDEST = 256;

    private final Map<String, Query> questions = new LinkedHashMap<>();
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Map<String, Coding> codings = new LinkedHashMap<>();
    private Optional<String> title = Optional.empty();
    private Optional<String> usbVendor = Optional.empty();
    private Coding coding = Coding.TEXT;
    private Replies replies = Replies.of(Replies.How.SILENCE_OR_ACK);
    private Delays.Limits limits = Delays.Limits.USUAL;

    private Declarations() {}

    /** @throws IllegalArgumentException with the reason for lines that make no sense */
    public static Declarations of(List<List<String>> lines) {
        var declarations = new Declarations();
        lines.forEach(declarations::take);
        return declarations;
    }

    private void take(List<String> line) {
        switch (line.get(0)) {
            case "title" -> title = Optional.of(words(line, 2, 2, "title NAME").get(1));
            case "usb" ->
                usbVendor =
                        Optional.of(usbVendor(words(line, 2, 2, "usb VENDOR").get(1)));
            case "replies" -> {
                words(line, 2, 3, "replies HOW [YES]");
                replies = new Replies(
                        one(Replies.How.values(), line.get(1), "replies are"), line.size() == 3 ? line.get(2) : "ACK");
            }
            case "delays" -> limits = limits(line);
            case "coding" -> coding(words(line, 2, 20, "coding HOW [LABEL...]"));
            case "answer" ->
                shapes.put(label(words(line, 3, 3, "answer LABEL EXPRESSION").get(1)), Shape.of(line.get(2)));
            case "question" -> {
                words(line, 6, 7, "question LABEL TEXT WIDTH FIRST CADENCE [vendor|rating|outstats]");
                String label = line.get(1);
                questions.put(label, question(line));
                if (line.size() == 7) parts.put(label, one(Part.values(), line.get(6), "a question is"));
                else parts.remove(label);
            }
            default -> throw new AssertionError(line);
        }
    }

    /** The name for people; empty for that of the file. */
    Optional<String> title() {
        return title;
    }

    /** The vendor's number of the devices on USB that it is for; empty for all devices. */
    Optional<String> usbVendor() {
        return usbVendor;
    }

    /** The questions by their labels. */
    public Map<String, Query> questions() {
        var all = new LinkedHashMap<String, Query>();
        questions.forEach((label, query) -> all.put(
                label, query.like(shapes.getOrDefault(label, Shape.ANY)).coded(codings.getOrDefault(label, coding))));
        return all;
    }

    /** The parts that questions belong to, by their labels. */
    Map<String, Part> parts() {
        return parts;
    }

    /** How commands are written. */
    Coding coding() {
        return coding;
    }

    Replies replies() {
        return replies;
    }

    Delays.Limits limits() {
        return limits;
    }

    private static Query question(List<String> line) {
        if (!line.get(1).matches("[A-Za-z][A-Za-z0-9-]*"))
            throw new IllegalArgumentException("'%s' is no label of a question".formatted(line.get(1)));
        String text = line.get(2);
        if (!text.matches("[\\x20-\\x7e]{1,32}"))
            throw new IllegalArgumentException("a question is 1 to 32 characters of ASCII");
        long width = Numbers.whole(line.get(3));
        if (width < 2 || width > WIDEST)
            throw new IllegalArgumentException(
                    "an answer has 2 to %d characters, its CR included, not %d".formatted(WIDEST, width));
        return Query.of(text, (int) width, line.get(4), one(Cadence.values(), line.get(5), "a question is asked"));
    }

    private void coding(List<String> line) {
        Coding how = one(Coding.values(), line.get(1), "coding is");
        if (line.size() == 2) coding = how;
        for (String label : line.subList(2, line.size())) codings.put(label(label), how);
    }

    private String label(String text) {
        if (questions.containsKey(text)) return text;
        throw new IllegalArgumentException(
                "there is no question %s above; there are %s".formatted(text, String.join(", ", questions.keySet())));
    }

    private static String usbVendor(String text) {
        if (text.matches("[0-9a-f]{4}")) return text;
        throw new IllegalArgumentException("a vendor is four hexadecimal digits in small letters, as 0590");
    }

    private static Delays.Limits limits(List<String> line) {
        if (line.size() != 5 && line.size() != 7)
            throw new IllegalArgumentException("it is: delays LEAST-OFF MOST-OFF LEAST-ON MOST-ON [OFF ON]");
        var limits = new Delays.Limits(
                Numbers.whole(line.get(1)),
                Numbers.whole(line.get(2)),
                Numbers.whole(line.get(3)),
                Numbers.whole(line.get(4)),
                line.size() == 7 ? Numbers.whole(line.get(5)) : Delays.Limits.USUAL.shutdown(),
                line.size() == 7 ? Numbers.whole(line.get(6)) : Delays.Limits.USUAL.start());
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
