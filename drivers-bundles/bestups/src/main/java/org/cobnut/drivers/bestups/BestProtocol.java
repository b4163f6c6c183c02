package org.cobnut.drivers.bestups;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/** CR, a word and CR; an answer ends with CR. Orders are not answered. */
final class BestProtocol implements LineProtocol<String> {
    static final String STATUS = "Q1";
    private static final int TRIES = 3;
    private static final int LONGEST = 256;
    private static final Duration WAIT = Duration.ofSeconds(2);

    /** Lines in front of an answer: what a unit says to the first CR, and what comes back of the question. */
    private static final int MOST_OTHERS = 4;

    private static final String STATUS_FORM = "\\(\\S+( \\S+){6} [01]{8}";
    private static final int STATUS_LENGTH = 46;
    private static final String IDENTITY_FORM = "[^(].{24,26}";

    private final RequestLine line;

    BestProtocol(RequestLine line) {
        this.line = line;
    }

    @Override
    public String ask(String question) throws IOException {
        boolean status = question.equals(STATUS);
        return RequestLine.repeat(TRIES, () -> {
            line.send("\r" + question + "\r");
            for (int i = 0; i < MOST_OTHERS; i++) {
                String answer = line.line('\r', LONGEST, WAIT);
                if (status) answer = answer.substring(Math.max(0, answer.lastIndexOf('(')));
                if (status && answer.length() == STATUS_LENGTH && answer.matches(STATUS_FORM)) return answer;
                if (!status && answer.matches(IDENTITY_FORM)) return answer;
            }
            throw new UnfitAnswerException("what it sends is no answer to " + question);
        });
    }

    /** A part is the place of a word behind the bracket. */
    @Override
    public Optional<String> part(String answer, AnswerPart part) {
        return Optional.of(answer.substring(1).split(" ", -1)[Integer.parseInt(part.part())]);
    }

    @Override
    public Outcome give(String order, String argument) throws IOException {
        line.send(order + argument + "\r");
        return Outcome.handled();
    }

    @Override
    public void close() {
        line.close();
    }
}
