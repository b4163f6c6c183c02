package org.cobnut.drivers.apcsmart;

import java.io.IOException;
import java.time.Duration;
import org.cobnut.link.ByteLink;
import org.cobnut.link.NoAnswerException;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.RequestLine;

/**
 * Letters and answers of UPS-Link. Between answers a UPS may send characters by itself that tell of events; they are no part
 * of an answer.
 */
final class UpsLink implements AutoCloseable {
    /** The capabilities are the longest answer. */
    private static final int LONGEST = 512;

    private static final char MOST = '\u007f';
    private static final String ALERTS = "[!$%+#?=*|~&]";
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration WAIT = Duration.ofSeconds(3);
    private static final Duration SMART_WAIT = Duration.ofMillis(1500);
    private static final int SMART_TRIES = 3;
    private static final Duration BETWEEN_TWO = Duration.ofMillis(1300);

    private final RequestLine line;
    /** Whether the next line is the answer to the next letter, and not one that comes late. */
    private boolean inStep;

    UpsLink(ByteLink link) {
        this.line = new RequestLine(link, PACE);
    }

    /** Asks a letter; a UPS that does not know it says NA. */
    String ask(char letter) throws IOException {
        return exchange(String.valueOf(letter), ' ').replaceAll(ALERTS, "");
    }

    /** Asks a letter whose answer may hold what elsewhere tells of events. */
    String askRaw(char letter) throws IOException {
        return exchange(String.valueOf(letter), '\u0001');
    }

    /** Gives an order of one letter and what belongs to it, and returns the answer. */
    String order(String text) throws IOException {
        String answer = exchange(text, ' ');
        return answer.equals("*") ? answer : answer.replaceAll(ALERTS, "");
    }

    /** Gives an order twice; the first has no answer, or the same as the second. */
    String orderTwice(String text) throws IOException {
        enter();
        line.send(text);
        line.rest(BETWEEN_TWO);
        return order(text);
    }

    /** Types a new text behind the letter that was asked last. */
    String type(String text) throws IOException {
        line.send("-");
        return order(text).replace("|", "");
    }

    /** Waits; what arrives meanwhile is thrown away. */
    void rest(Duration wait) throws IOException {
        line.rest(wait);
        line.discard();
    }

    @Override
    public void close() {
        line.close();
    }

    /** @param least the least character that an answer may hold */
    private String exchange(String text, char least) throws IOException {
        enter();
        try {
            line.send(text);
            String answer = line.line('\n', LONGEST, WAIT).stripTrailing();
            if (answer.chars().allMatch(c -> c >= least && c <= MOST)) return answer;
            inStep = false;
            throw new UnfitAnswerException("its answer to " + text + " is no text");
        } catch (NoAnswerException e) {
            inStep = false;
            throw e;
        }
    }

    /** Enters smart mode, whose answer cannot be mistaken, so that what comes late is out of the way. */
    void enter() throws IOException {
        if (inStep) return;
        RequestLine.repeat(SMART_TRIES, () -> {
            line.send("Y");
            String answer = "";
            while (!answer.endsWith("SM"))
                answer = line.line('\n', LONGEST, SMART_WAIT).stripTrailing();
            return answer;
        });
        inStep = true;
    }
}
