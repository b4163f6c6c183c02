package org.cobnut.drivers.utalk;

import java.io.IOException;
import java.time.Duration;
import org.cobnut.link.ByteLink;
import org.cobnut.link.NoAnswerException;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.RequestLine;

/** Questions and answers of U-Talk. An answer does not say which question it answers, so one that comes late must be noticed. */
final class Talk implements AutoCloseable {
    private static final String END = "\r\n";
    private static final int LONGEST = 128;
    private static final int TRIES = 3;
    /** A UPS needs a rest before each question. */
    private static final Duration REST = Duration.ofMillis(500);

    private static final Duration WAIT = Duration.ofSeconds(2);

    private final RequestLine line;
    /** What the UPS answers to Si: no other question has that answer. */
    private String identity = "";

    private boolean inStep;

    Talk(ByteLink link) {
        this.line = new RequestLine(link);
    }

    /**
     * Wakes the UPS, unless it is awake.
     *
     * @return model, version and level of software, as numbers
     */
    String open() throws IOException {
        try {
            identity = exchange("Si");
        } catch (NoAnswerException | UnfitAnswerException asleep) {
            for (String word : new String[] {"Z", "Z", "Ax 1"}) send(word);
            identity = RequestLine.repeat(TRIES, () -> exchange("Si"));
        }
        inStep = true;
        return identity;
    }

    /** Asks; a UPS that does not know the question answers "?". */
    String ask(String question) throws IOException {
        if (!inStep) resume();
        try {
            return exchange(question);
        } catch (NoAnswerException | UnfitAnswerException e) {
            inStep = false;
            throw e;
        }
    }

    @Override
    public void close() {
        line.close();
    }

    /** Asks for the identity until it comes, so that what comes late is out of the way. */
    private void resume() throws IOException {
        RequestLine.repeat(TRIES, () -> {
            send("Si");
            String answer = answer();
            while (!answer.equals(identity)) answer = answer();
            return answer;
        });
        inStep = true;
    }

    private String exchange(String question) throws IOException {
        send(question);
        return answer();
    }

    private void send(String text) throws IOException {
        line.rest(REST);
        line.send(text + END);
    }

    private String answer() throws IOException {
        String answer = line.line('\r', LONGEST, WAIT).strip();
        if (!answer.chars().allMatch(c -> c >= ' ' && c < 0x7f))
            throw new UnfitAnswerException("its answer is no text");
        return answer;
    }
}
