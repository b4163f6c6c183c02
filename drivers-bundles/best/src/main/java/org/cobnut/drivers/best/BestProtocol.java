package org.cobnut.drivers.best;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/**
 * A unit that people could talk to: it echoes what it is asked, answers in lines, and ends with a prompt. The answer to
 * {@code f} is 80 digits, which add up to 0 byte by byte; any other counts only behind the echo of its question.
 */
final class BestProtocol implements LineProtocol<String> {
    /** The question for all measures. */
    static final String MEASURES = "f";

    private static final int DIGITS = 80;
    private static final int LONGEST = 1024;
    private static final int MOST_LINES = 30;
    private static final int TRIES = 2;
    private static final String PROMPT = "=>";
    private static final Duration WAIT = Duration.ofSeconds(3);
    private static final Duration PROMPTLY = Duration.ofMillis(500);

    private final RequestLine line;

    BestProtocol(RequestLine line) {
        this.line = line;
    }

    @Override
    public String ask(String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> question.equals(MEASURES) ? measures() : answer(question));
    }

    /** A part is columns, such as 24-28, the last excluded; or words in front of a number, which count behind the question. */
    @Override
    public Optional<String> part(String answer, AnswerPart part) {
        if (!part.question().equals(MEASURES)) return numberBehind(answer, part.part());
        String[] columns = part.part().split("-");
        return Optional.of(answer.substring(Integer.parseInt(columns[0]), Integer.parseInt(columns[1])));
    }

    /** The number that stands behind a word of an answer, such as 41.00 in {@code 65 LoBatV 41.00}. */
    static Optional<String> numberBehind(String answer, String word) {
        int at = answer.indexOf(word);
        if (at < 0) return Optional.empty();
        String rest = answer.substring(at + word.length()).strip();
        int end = 0;
        while (end < rest.length() && (Character.isDigit(rest.charAt(end)) || rest.charAt(end) == '.')) end++;
        return end == 0 ? Optional.empty() : Optional.of(rest.substring(0, end));
    }

    /** All lines of an answer, up to the prompt. */
    String text(String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> {
            line.send(question + "\r");
            String text = line.line('>', LONGEST, WAIT);
            if (!text.contains(question)) throw new UnfitAnswerException("it does not repeat the question");
            return text.substring(text.indexOf(question) + question.length());
        });
    }

    /** Orders that belong together have semicolons between; what stands behind a question mark waits for OK. */
    @Override
    public Outcome give(String orders, String argument) throws IOException {
        for (String order : (orders + argument).split(";", -1)) {
            boolean asked = order.startsWith("?");
            String text = asked ? order.substring(1) : order;
            line.send(text + "\r");
            if (asked && !acknowledged(text)) return Outcome.failed("the UPS did not acknowledge " + shown(text));
        }
        return Outcome.handled();
    }

    /** A password is not told. */
    private static String shown(String order) {
        return order.startsWith("p999") ? "the password" : order;
    }

    private boolean acknowledged(String text) throws IOException {
        try {
            return next(text).startsWith("OK");
        } catch (NoAnswerException | UnfitAnswerException silent) {
            return false;
        } finally {
            prompt();
        }
    }

    @Override
    public void close() {
        line.close();
    }

    /** One that lacks the first two digits, which say nothing, is whole all the same. */
    private String measures() throws IOException {
        line.send(MEASURES + "\r");
        String digits = next(MEASURES);
        if (digits.length() == DIGITS - 2) digits = "00" + digits;
        if (digits.length() != DIGITS || !digits.matches("[0-9A-Fa-f]+"))
            throw new UnfitAnswerException("what it sends is no measures");
        int sum = 0;
        for (byte one : HexFormat.of().parseHex(digits)) sum += one;
        if ((sum & 0xff) != 0) throw new UnfitAnswerException("the sum of its answer is wrong");
        prompt();
        return digits;
    }

    private String answer(String question) throws IOException {
        line.send(question + "\r");
        String echo = clean(line.line('\n', LONGEST, WAIT));
        for (int i = 0; i < MOST_LINES && echo.isEmpty(); i++) echo = clean(line.line('\n', LONGEST, WAIT));
        if (!echo.equals(question)) throw new UnfitAnswerException("it does not repeat the question");
        String answer = next(question);
        prompt();
        return answer;
    }

    /** The next line that is neither empty nor our own. */
    private String next(String question) throws IOException {
        for (int i = 0; i < MOST_LINES; i++) {
            String text = clean(line.line('\n', LONGEST, WAIT));
            if (!text.chars().allMatch(one -> one >= ' ' && one < 127))
                throw new UnfitAnswerException("what it sends is no answer");
            if (!text.isEmpty() && !text.equals(question) && !text.startsWith("{")) return text;
        }
        throw new UnfitAnswerException("what it sends is no answer");
    }

    private static String clean(String text) {
        return text.replace("\r", "").replace(PROMPT, "").strip();
    }

    private void prompt() throws IOException {
        try {
            line.line('>', LONGEST, PROMPTLY);
        } catch (NoAnswerException none) {
            // a unit without one
        }
    }

    /** Columns of the measures. */
    static AnswerPart columns(int from, int to) {
        return new AnswerPart(MEASURES, from + "-" + to);
    }
}
