package org.cobnut.drivers.optiups;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerOrder;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/** Two letters ask, without an end; the answer is a line. Zinto units want an end, and send one letter alone when they are off. */
final class OptiProtocol implements LineProtocol<String> {
    static final String STATUS = "AG";
    static final String MAKER = "IM";
    static final String MODEL = "IO";

    /** The status of a Zinto that is off. */
    static final String OFF = "off";

    private static final char REFUSED = 0x15;
    private static final String ALONE = "2";
    private static final int TRIES = 2;
    private static final int LONGEST = 128;
    private static final int MOST_OTHERS = 4;
    private static final Duration WAIT = Duration.ofMillis(700);

    private final RequestLine line;
    private final AnswerOrder<String> order = new AnswerOrder<>(List.of(MAKER, MODEL), this::exchange);
    private boolean zinto;

    OptiProtocol(RequestLine line) {
        this.line = line;
    }

    /** From now on requests have an end. */
    void zinto() {
        zinto = true;
    }

    @Override
    public String ask(String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> order.ask(question));
    }

    /** There is one part, and that is all of it. */
    @Override
    public Optional<String> part(String answer, AnswerPart part) {
        return Optional.of(answer).filter(text -> !text.isEmpty());
    }

    /** Blanks divide orders that belong together, all of which are given. */
    @Override
    public Outcome give(String orders, String argument) throws IOException {
        Outcome outcome = Outcome.handled();
        for (String each : (orders + argument).split(" ", -1))
            try {
                exchange(each);
            } catch (NoAnswerException | UnfitAnswerException e) {
                order.doubt();
                outcome = Outcome.failed("the UPS did not acknowledge " + each + ": " + e.getMessage());
            }
        return outcome;
    }

    @Override
    public void close() {
        line.close();
    }

    private String exchange(String letters) throws IOException {
        line.send(zinto ? letters + "\r\n" : letters);
        try {
            for (int i = 0; i < MOST_OTHERS; i++) {
                String answer = line.line('\n', LONGEST, WAIT).replace("\r", "");
                if (answer.equals(letters)) continue; // our own request came back
                if (answer.startsWith(letters)) answer = answer.substring(letters.length());
                if (!answer.isEmpty() && answer.charAt(0) == REFUSED)
                    throw new UnfitAnswerException("the UPS refused it");
                if (!answer.chars().allMatch(one -> one == 6 || (one >= ' ' && one < 127)))
                    throw new UnfitAnswerException("what it sends is no answer");
                return answer;
            }
        } catch (NoAnswerException e) {
            if (zinto && letters.equals(STATUS) && e.received().equals(ALONE)) return OFF;
            throw e;
        }
        throw new UnfitAnswerException("what it sends is no answer");
    }
}
