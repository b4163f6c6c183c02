package org.cobnut.drivers.oneac;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerOrder;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/** A letter or two ask, and a line of known length answers, without saying what it answers. An order is answered by nothing. */
final class OneacProtocol implements LineProtocol<String> {
    static final String FAMILY = "F";
    static final String VERSION = "N";
    static final String ALL = "%";
    static final String MEASURES = "&";
    static final String IDENTITY = "^";
    static final String BEEPER = "\u0007?";

    /** The order to go off and come back, which has no end. */
    static final String REBOOT = "\u000f\u0006";

    private static final String END = "\r\n";
    private static final int ALL_OF_EG = 22;
    private static final int LONGEST = 128;
    private static final int MOST_OTHERS = 4;
    private static final int TRIES = 2;
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration REFUSAL = Duration.ofMillis(500);

    /** How long the answer to each question is. */
    private static final Map<String, Integer> LENGTHS = Map.ofEntries(
            Map.entry(FAMILY, 2),
            Map.entry(VERSION, 3),
            Map.entry(ALL, 48),
            Map.entry(MEASURES, 79),
            Map.entry(IDENTITY, 92),
            Map.entry("+", 6),
            Map.entry("[", 3),
            Map.entry("]", 3),
            Map.entry("[=?", 10),
            Map.entry("_", 4),
            Map.entry("_?", 4),
            Map.entry("}", 5),
            Map.entry("\"", 2),
            Map.entry("<?", 1),
            Map.entry(BEEPER, 1));

    private final RequestLine line;
    private final AnswerOrder<String> order = new AnswerOrder<>(List.of(FAMILY, VERSION), this::exchange);
    private boolean small;

    OneacProtocol(RequestLine line) {
        this.line = line;
    }

    /** The unit is one of the family EG, which tells less. */
    void small() {
        small = true;
    }

    @Override
    public String ask(String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> order.ask(question));
    }

    /** A part is columns, such as 12-15, the last excluded. */
    @Override
    public Optional<String> part(String answer, AnswerPart part) {
        String[] columns = part.part().split("-");
        int from = Integer.parseInt(columns[0]);
        int to = Integer.parseInt(columns[1]);
        return to <= answer.length() ? Optional.of(answer.substring(from, to)) : Optional.empty();
    }

    @Override
    public Outcome give(String letters, String argument) throws IOException {
        line.send(letters.equals(REBOOT) ? letters : letters + argument + END);
        try {
            String answer = line.line('\r', LONGEST, REFUSAL).strip();
            if (answer.startsWith("*")) return Outcome.invalid("the UPS does not have this order");
            if (answer.startsWith("#")) return Outcome.failed("the UPS cannot do it now");
        } catch (NoAnswerException usual) {
            return Outcome.handled();
        }
        return Outcome.handled();
    }

    @Override
    public void close() {
        line.close();
    }

    private String exchange(String question) throws IOException {
        line.send(question + END);
        int length = small && question.equals(ALL) ? ALL_OF_EG : LENGTHS.getOrDefault(question, 0);
        for (int i = 0; i < MOST_OTHERS; i++) {
            String answer = line.line('\r', LONGEST, WAIT).replace("\n", "");
            if (answer.startsWith("*") && answer.length() == 1)
                throw new UnfitAnswerException("the UPS does not know it");
            if (answer.length() == length && answer.chars().allMatch(one -> one >= ' ' && one < 127)) return answer;
        }
        throw new UnfitAnswerException("what it sends is no answer to this");
    }
}
