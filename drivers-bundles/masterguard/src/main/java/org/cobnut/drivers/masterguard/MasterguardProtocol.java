package org.cobnut.drivers.masterguard;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/** A word and CR; an answer ends with CR and is known by its length. Orders are not answered. */
final class MasterguardProtocol implements LineProtocol<String> {
    static final String SHORT_STATUS = "Q1";
    static final String STATUS = "Q3";
    static final String IDENTITY = "WH";
    static final int IDENTITY_LENGTH = 112;
    static final int OLD_IDENTITY_LENGTH = 53;

    /** What a unit says that does not know who it is. */
    static final String REFUSAL = "NAK";

    private static final Map<String, Set<Integer>> LENGTHS = Map.of(
            SHORT_STATUS, Set.of(46),
            STATUS, Set.of(70),
            IDENTITY, Set.of(IDENTITY_LENGTH, OLD_IDENTITY_LENGTH, REFUSAL.length()));

    private static final int TRIES = 3;
    private static final int LONGEST = 256;
    private static final int MOST_OTHERS = 3;
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final RequestLine line;

    MasterguardProtocol(RequestLine line) {
        this.line = line;
    }

    @Override
    public String ask(String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> askOnce(question));
    }

    /** Asks without a second try, to find out whether a unit knows this question. */
    String askOnce(String question) throws IOException {
        line.send(question + "\r");
        for (int i = 0; i < MOST_OTHERS; i++) {
            String answer = line.line('\r', LONGEST, WAIT);
            if (!question.equals(IDENTITY)) answer = answer.substring(Math.max(0, answer.lastIndexOf('(')));
            if (fits(question, answer)) return answer;
        }
        throw new UnfitAnswerException("what it sends is no answer to " + question);
    }

    private static boolean fits(String question, String answer) {
        boolean identity = question.equals(IDENTITY);
        return LENGTHS.getOrDefault(question, Set.of()).contains(answer.length())
                && answer.startsWith("(") != identity
                && (answer.length() != REFUSAL.length() || answer.equals(REFUSAL));
    }

    /** A part is the place of a word behind the bracket. */
    @Override
    public Optional<String> part(String answer, AnswerPart part) {
        String[] words = answer.substring(1).split(" ", -1);
        int place = Integer.parseInt(part.part());
        return place < words.length ? Optional.of(words[place]) : Optional.empty();
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
