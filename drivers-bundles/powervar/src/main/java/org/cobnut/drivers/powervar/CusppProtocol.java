package org.cobnut.drivers.powervar;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/**
 * CUSPP: a group of values is asked by its name, such as OUT, and answered by {@code OUT=value;value}; the names of the values
 * come with {@code OUT.FORMAT}. There is no checksum.
 */
final class CusppProtocol implements LineProtocol<Map<String, String>> {
    private static final String FORMAT = ".FORMAT";
    private static final String NOT_UNDERSTOOD = "?";

    /** A shorter word of a format tells what may be done with the value before it. */
    private static final int SHORTEST_NAME = 3;

    private static final int GROUP = 3;
    private static final int LONGEST = 512;
    private static final int MOST_LINES = 4;
    private static final int TRIES = 2;
    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final Duration AFTER_ORDER = Duration.ofSeconds(1);

    private final RequestLine line;
    private final Map<String, List<String>> formats = new HashMap<>();

    CusppProtocol(RequestLine line) {
        this.line = line;
    }

    /** Ends what the unit may have got before. */
    void wake(Duration rest) throws IOException {
        line.send("\r\n\r\n");
        line.rest(rest);
    }

    /** The names of the values of a group; none when the unit does not have it. */
    List<String> names(String group) throws IOException {
        List<String> known = formats.get(group);
        if (known != null) return known;
        List<String> names = List.of();
        try {
            String[] words = value(group, group + FORMAT).split("[;.]");
            names = Stream.of(words)
                    .filter(word -> word.length() >= SHORTEST_NAME)
                    .toList();
        } catch (UnfitAnswerException none) {
            // a unit of another family
        }
        formats.put(group, names);
        return names;
    }

    /** The values of a group by their names. */
    @Override
    public Map<String, String> ask(String question) throws IOException {
        String group = question.substring(0, GROUP);
        List<String> names = names(group);
        String[] values = value(group, question).split(";", -1);
        if (values.length < names.size())
            throw new UnfitAnswerException("it has %d of %d values".formatted(values.length, names.size()));
        var answer = new LinkedHashMap<String, String>();
        for (int i = 0; i < names.size(); i++) if (!values[i].isBlank()) answer.put(names.get(i), values[i].strip());
        return answer;
    }

    private String value(String group, String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> {
            line.send(question + "\r");
            for (int i = 0; i < MOST_LINES; i++) {
                String text = line.line('\r', LONGEST, WAIT).strip();
                int start = text.indexOf(group);
                int value = text.indexOf('=', Math.max(0, start));
                boolean format = start >= 0 && text.startsWith(group + FORMAT, start);
                if (start >= 0 && value > start && format == question.endsWith(FORMAT))
                    return printable(text.substring(value + 1));
                if (text.startsWith(NOT_UNDERSTOOD)) break;
            }
            throw new UnfitAnswerException("what it sends is no answer");
        });
    }

    private static String printable(String text) throws UnfitAnswerException {
        if (!text.chars().allMatch(one -> one >= ' ' && one < 127))
            throw new UnfitAnswerException("noise stands in its answer");
        return text;
    }

    /** A part is the name of a value. */
    @Override
    public Optional<String> part(Map<String, String> answer, AnswerPart part) {
        return Optional.ofNullable(answer.get(part.part()));
    }

    /** One that does not understand says so; what else it says to an order, nobody knows. */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        line.send(order + argument + "\r");
        try {
            return line.line('\r', LONGEST, AFTER_ORDER).strip().startsWith(NOT_UNDERSTOOD)
                    ? Outcome.failed("the UPS does not understand " + order)
                    : Outcome.handled();
        } catch (NoAnswerException silent) {
            return Outcome.handled();
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
