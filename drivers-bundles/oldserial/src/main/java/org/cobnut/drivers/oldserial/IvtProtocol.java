package org.cobnut.drivers.oldserial;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/** IVT SCD: the letter F, alone, is answered by a line of seven numbers. */
final class IvtProtocol implements LineProtocol<List<String>> {
    /** The only question. */
    static final String VALUES = "F";

    private static final Pattern LINE = Pattern.compile("R:((?:-?\\d{1,6}(?:\\.\\d{1,4})?;){7})\\s*");
    private static final int TRIES = 2;
    private static final int LONGEST = 100;
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final RequestLine line;

    IvtProtocol(RequestLine line) {
        this.line = line;
    }

    @Override
    public List<String> ask(String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> {
            line.send(question);
            String text = line.line('\n', LONGEST, WAIT);
            Matcher numbers = LINE.matcher(text.substring(Math.max(0, text.indexOf("R:"))));
            if (!numbers.matches()) throw new UnfitAnswerException("what it sends is no line of seven numbers");
            return List.of(numbers.group(1).split(";"));
        });
    }

    /** A part is the number of a field, from 0. */
    @Override
    public Optional<String> part(List<String> fields, AnswerPart part) {
        return Optional.of(fields.get(Integer.parseInt(part.part())));
    }

    /** No order is acknowledged. */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        line.send(order);
        return Outcome.handled();
    }

    @Override
    public void close() {
        line.close();
    }
}
