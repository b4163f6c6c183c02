package org.cobnut.drivers.victron;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/** Questions like {@code vBU?}, whose answers repeat the letters of the question and end with a carriage return. */
final class VictronProtocol implements LineProtocol<String> {
    /** The part that is the whole answer. */
    static final String ALL = "all";

    /** The part of the answer to {@link #TEST} that is 1 while a calibration runs. */
    static final String CALIBRATION = "calibration";

    /** Asks for the state of the last test. */
    static final String TEST = "vTr";

    /** Starts a calibration. */
    static final String CALIBRATE = "vTi5!";

    private static final String TESTS = "vTi";
    private static final String IN_PROGRESS = "5";
    private static final String NOTHING = "NA";
    private static final int TRIES = 2;
    private static final int WAKES = 3;
    private static final int LONGEST = 80;
    private static final int MOST_OTHERS = 8;
    private static final Duration WAIT = Duration.ofMillis(1500);
    private static final Duration REST = Duration.ofMillis(500);

    private final RequestLine line;
    private boolean calibrates;

    VictronProtocol(RequestLine line) {
        this.line = line;
    }

    /** A unit that sleeps answers the first question mark late, or not at all. */
    void wake() throws IOException {
        line.send("\r");
        line.rest(REST);
        for (int left = WAKES; left > 0; left--) {
            line.send("?\r");
            try {
                line.line('\r', LONGEST, REST);
                return;
            } catch (NoAnswerException asleep) {
                // the questions that follow tell whether it is there
            }
        }
    }

    @Override
    public String ask(String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> {
            String request = question + "?";
            line.send(request + "\r");
            for (int others = 0; others < MOST_OTHERS; others++) {
                String text = line.line('\r', LONGEST, WAIT);
                int at = text.indexOf(question);
                if (at >= 0 && !text.endsWith(request)) return value(text.substring(at + question.length()));
            }
            throw new UnfitAnswerException("what it sends is no answer to " + request);
        });
    }

    private static String value(String text) throws UnfitAnswerException {
        if (!text.chars().allMatch(one -> one >= ' ' && one < 127))
            throw new UnfitAnswerException("its answer is no text");
        return text.strip();
    }

    @Override
    public Optional<String> part(String answer, AnswerPart part) {
        if (part.part().equals(CALIBRATION)) return Optional.of(calibrates && answer.equals(IN_PROGRESS) ? "1" : "0");
        return Optional.of(answer).filter(text -> !text.isEmpty() && !text.equals(NOTHING));
    }

    /** What a unit answers to an order is not known: a line is waited for, and may say anything. */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        line.send(order + argument + "\r");
        if (order.startsWith(TESTS)) calibrates = order.equals(CALIBRATE);
        try {
            line.line('\r', LONGEST, REST);
        } catch (NoAnswerException silent) {
            // some units answer no order
        }
        return Outcome.handled();
    }

    @Override
    public void close() {
        line.close();
    }
}
