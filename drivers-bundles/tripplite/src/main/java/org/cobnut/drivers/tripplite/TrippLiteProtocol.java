package org.cobnut.drivers.tripplite;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/** A colon, a letter and CR; the unit sends that back in a line of its own, and then the answer in another. */
final class TrippLiteProtocol implements LineProtocol<String> {
    private static final int TRIES = 3;
    private static final int LONGEST = 256;
    private static final Duration WAIT = Duration.ofSeconds(2);

    /** The only answer whose length tells whether it is whole. */
    private static final String STATUS = "D";

    private static final int STATUS_LENGTH = 21;

    private final RequestLine line;

    TrippLiteProtocol(RequestLine line) {
        this.line = line;
    }

    @Override
    public String ask(String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> {
            String answer = exchange(question);
            if (question.equals(STATUS) && answer.length() != STATUS_LENGTH)
                throw new UnfitAnswerException("its answer has " + answer.length() + " of 21 characters");
            return answer;
        });
    }

    /** A part is a column, or the first and the last, from 0. */
    @Override
    public Optional<String> part(String answer, AnswerPart part) {
        if (part.part().isEmpty()) return Optional.of(answer);
        List<Integer> columns = List.of(part.part().split("-", -1)).stream()
                .map(Integer::valueOf)
                .toList();
        int last = columns.get(columns.size() - 1);
        return last < answer.length() ? Optional.of(answer.substring(columns.get(0), last + 1)) : Optional.empty();
    }

    /** The argument is what stands behind the letters; blanks divide orders that belong together, all of which are given. */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        Outcome outcome = Outcome.handled();
        for (String each : (order + argument).split(" ", -1))
            try {
                exchange(each);
            } catch (NoAnswerException | UnfitAnswerException e) {
                outcome = Outcome.failed("the UPS did not acknowledge " + each + ": " + e.getMessage());
            }
        return outcome;
    }

    @Override
    public void close() {
        line.close();
    }

    private String exchange(String letters) throws IOException {
        line.send(":" + letters + "\r");
        String echo = line.line('\n', LONGEST, WAIT).replace("\r", "");
        if (!echo.endsWith(":" + letters)) throw new UnfitAnswerException("it answers '" + echo.strip() + "' instead");
        return line.line('\n', LONGEST, WAIT).replace("\r", "");
    }
}
