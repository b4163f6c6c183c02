package org.cobnut.drivers.oldserial;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/** ETA PRO: {@code RI} and {@code RP} are answered by lines, each of two letters and a text or a hexadecimal number. */
final class EtaProtocol implements LineProtocol<Map<String, String>> {
    /** Who the unit is: maker, model and date. */
    static final String IDENTITY = "RI";

    /** What it measures. */
    static final String MEASURES = "RP";

    /** Sets the time, in seconds, after which the unit switches on. */
    static final String ON_TIMER = "RN";

    /** Sets the time, in seconds, after which it switches off. */
    static final String OFF_TIMER = "RO";

    private static final Map<String, List<String>> LINES =
            Map.of(IDENTITY, List.of("SR", "SS", "ST"), MEASURES, List.of("SO", "SG", "SH", "SI", "SL"));

    /** What acknowledges an order, as a number behind SV. */
    private static final Map<String, Integer> DONE = Map.of(ON_TIMER, 0x20, OFF_TIMER, 0);

    private static final String RESULT = "SV";
    private static final int TRIES = 2;
    private static final int LONGEST = 80;
    private static final int MOST_LINES = 12;
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final RequestLine line;

    EtaProtocol(RequestLine line) {
        this.line = line;
    }

    @Override
    public Map<String, String> ask(String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> {
            line.send(question + "\r");
            var missing = new ArrayList<>(LINES.getOrDefault(question, List.of()));
            var answer = new HashMap<String, String>();
            while (!missing.isEmpty()) {
                Entry<String, String> found = next(missing);
                missing.remove(found.getKey());
                String value = found.getValue();
                answer.put(found.getKey(), question.equals(MEASURES) ? Integer.toString(number(value)) : value);
            }
            return answer;
        });
    }

    @Override
    public Optional<String> part(Map<String, String> answer, AnswerPart part) {
        return Optional.ofNullable(answer.get(part.part()));
    }

    /** Blanks divide orders that belong together, all of which are given. */
    @Override
    public Outcome give(String orders, String argument) throws IOException {
        Outcome outcome = Outcome.handled();
        for (String order : orders.split(" ", -1)) {
            try {
                line.send(order + "\r");
                int result = number(next(List.of(RESULT)).getValue());
                if (result != DONE.getOrDefault(order.substring(0, 2), 0))
                    outcome = Outcome.failed("the UPS answered %02X to %s".formatted(result, order));
            } catch (NoAnswerException | UnfitAnswerException e) {
                outcome = Outcome.failed("the UPS did not acknowledge " + order + ": " + e.getMessage());
            }
        }
        return outcome;
    }

    @Override
    public void close() {
        line.close();
    }

    /** The next line that has one of these letters. Others are passed over: our own request, and answers that came late. */
    private Entry<String, String> next(List<String> letters) throws IOException {
        for (int others = 0; others < MOST_LINES; others++) {
            String text = line.line('\n', LONGEST, WAIT);
            for (String one : letters) {
                int at = text.indexOf(one);
                if (at < 0) continue;
                String value = text.substring(at + 2).strip();
                if (!value.chars().allMatch(letter -> letter >= ' ' && letter < 127))
                    throw new UnfitAnswerException("what stands behind " + one + " is no text");
                return Map.entry(one, value);
            }
        }
        throw new UnfitAnswerException("it sends no line " + String.join(" or ", letters));
    }

    private static int number(String value) throws UnfitAnswerException {
        if (!value.matches("[0-9A-Fa-f]{1,5}"))
            throw new UnfitAnswerException("'" + value + "' stands where a hexadecimal number should");
        return Integer.parseInt(value, 16);
    }
}
