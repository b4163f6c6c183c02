package org.cobnut.drivers.sms;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/**
 * A request is a letter, four bytes, a check and CR; an answer has eighteen bytes of that kind. The check makes the sum 0. An
 * order is not answered. Bytes are characters.
 */
final class SmsProtocol implements LineProtocol<String> {
    static final String STATUS = "Q";
    static final String NAMES = "I";
    static final String RATINGS = "F";

    /** What answers begin with. */
    private static final Map<String, String> STARTS = Map.of(STATUS, "=<>", NAMES, ":;?", RATINGS, ":;");

    /** What the ratings look like, and no name does: the version in it has a dot. */
    private static final String RATINGS_FORM = "..{7}[\\d ]{6}\\d\\d";

    private static final int PARAMETERS = 4;
    private static final String NO_PARAMETER = "\u00ff";
    private static final int LENGTH = 18;
    private static final int CONTENT = 16;
    private static final int STATE = 15;
    private static final int MOST_NOISE = 32;
    private static final int TRIES = 3;
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final RequestLine line;

    SmsProtocol(RequestLine line) {
        this.line = line;
    }

    @Override
    public String ask(String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> {
            line.send(request(question, ""));
            String answer = answer(STARTS.getOrDefault(question, ""));
            if (!question.equals(STATUS) && question.equals(RATINGS) != answer.matches(RATINGS_FORM))
                throw new UnfitAnswerException("it answers another question");
            return answer;
        });
    }

    private String answer(String starts) throws IOException {
        String start = line.block(1, WAIT);
        for (int noise = 0; !starts.contains(start); noise++) {
            if (noise == MOST_NOISE) throw new UnfitAnswerException("what it sends is no answer");
            start = line.block(1, WAIT);
        }
        String answer = start + line.block(LENGTH - 1, WAIT);
        String content = answer.substring(0, CONTENT);
        if (answer.charAt(CONTENT) != check(content) || answer.charAt(LENGTH - 1) != '\r')
            throw new UnfitAnswerException("the check of its answer is wrong");
        return content;
    }

    /** A part is the number of a word's first byte, or columns such as 1-8, the last excluded. */
    @Override
    public Optional<String> part(String answer, AnswerPart part) {
        String[] columns = part.part().split("-");
        int at = Integer.parseInt(columns[0]);
        if (columns.length > 1) return Optional.of(answer.substring(at, Integer.parseInt(columns[1])));
        return Optional.of(
                Integer.toString(at == STATE ? answer.charAt(at) : answer.charAt(at) << 8 | answer.charAt(at + 1)));
    }

    /** @param argument the first bytes behind the letter */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        line.send(request(order, argument));
        return Outcome.handled();
    }

    @Override
    public void close() {
        line.close();
    }

    private static String request(String letter, String parameters) {
        String content = letter + parameters + NO_PARAMETER.repeat(PARAMETERS - parameters.length());
        return content + check(content) + "\r";
    }

    static char check(String content) {
        return (char) (-content.chars().sum() & 0xff);
    }
}
