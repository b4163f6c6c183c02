package ${package};

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

/**
 * How the device is asked: a word and a return. It answers the same word, values behind commas, and a checksum behind a
 * star: {@code ST,L,0,230.1,27.30,045*1C}.
 */
final class DeviceProtocol implements LineProtocol<List<String>> {
    /** The question without whose answer a reading does not count. */
    static final String STATUS = "ST";

    private static final String TAKEN = "OK";
    private static final int LONGEST = 120;
    private static final int TRIES = 2;
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final RequestLine line;

    DeviceProtocol(RequestLine line) {
        this.line = line;
    }

    @Override
    public List<String> ask(String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> exchange(question));
    }

    @Override
    public Optional<String> part(List<String> answer, AnswerPart part) {
        int at = part.part().isEmpty() ? 0 : Integer.parseInt(part.part());
        return at > 0 && at < answer.size() ? Optional.of(answer.get(at)) : Optional.empty();
    }

    /** An order is given once, whatever becomes of it. */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        try {
            List<String> answer = exchange(argument);
            return answer.contains(TAKEN) ? Outcome.handled() : Outcome.failed("the UPS refused " + argument);
        } catch (NoAnswerException | UnfitAnswerException e) {
            return Outcome.failed("the UPS did not acknowledge " + argument + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        line.close();
    }

    private List<String> exchange(String word) throws IOException {
        line.send(word + "\r");
        String answer = line.line('\r', LONGEST, WAIT);
        int star = answer.lastIndexOf('*');
        if (star < 0 || !answer.substring(star + 1).equals(checksum(answer.substring(0, star))))
            throw new UnfitAnswerException("the checksum of its answer is wrong");
        List<String> values = List.of(answer.substring(0, star).split(",", -1));
        if (!values.get(0).equals(word)) throw new UnfitAnswerException("it answers another question");
        return values;
    }

    /** The exclusive or of all characters, two hexadecimal digits. */
    static String checksum(String text) {
        return "%02X".formatted(text.chars().reduce(0, (sum, one) -> sum ^ one) & 0xff);
    }
}
