package org.cobnut.drivers.liebertesp2;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/**
 * ESP-II: six bytes ask for one word, by a group and a number; eight answer, with a sum at the end. A question is {@code
 * GROUP.NUMBER}, or {@code GROUP.FIRST-LAST} for words of text.
 */
final class EspProtocol implements LineProtocol<List<Integer>> {
    /** A part that is a number below zero or above. */
    static final String SIGNED = "signed";

    /** A part that is the word as bits. */
    static final String BITS = "bits";

    /** A part that is text, two characters a word, the lower byte first. */
    static final String TEXT = "text";

    private static final int TRIES = 2;
    private static final int LENGTH = 8;
    private static final int HIGH = 5;
    private static final int LOW = 6;
    private static final Duration WAIT = Duration.ofSeconds(1);

    /** Answers that repeat group and number, after which one that does not is another's. */
    private static final int PROOF = 3;

    private final RequestLine line;
    private int repeated;
    private boolean plain;

    EspProtocol(RequestLine line) {
        this.line = line;
    }

    @Override
    public List<Integer> ask(String question) throws IOException {
        String[] numbers = question.split("[.-]", -1);
        int group = Integer.parseInt(numbers[0]);
        int first = Integer.parseInt(numbers[1]);
        int last = numbers.length > 2 ? Integer.parseInt(numbers[2]) : first;
        var words = new ArrayList<Integer>();
        for (int number = first; number <= last; number++) {
            String request = frame(group, "\1" + (char) number);
            words.add(RequestLine.repeat(TRIES, () -> word(exchange(request))));
        }
        return words;
    }

    @Override
    public Optional<String> part(List<Integer> words, AnswerPart part) {
        return Optional.of(
                switch (part.part()) {
                    case SIGNED -> Integer.toString((short) (int) words.get(0));
                    case TEXT -> text(words);
                    default -> Integer.toString(words.get(0));
                });
    }

    /** The order is a group, the argument a number and data; blanks divide orders that belong together: all are given. */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        Outcome outcome = Outcome.handled();
        for (String each : argument.split(" ", -1)) {
            var data = new StringBuilder();
            for (String number : each.split(",", -1)) data.append((char) Integer.parseInt(number));
            try {
                exchange(frame(Integer.parseInt(order), data.toString()));
            } catch (NoAnswerException | UnfitAnswerException e) {
                outcome = Outcome.failed("the UPS did not acknowledge " + order + " " + each + ": " + e.getMessage());
            }
        }
        return outcome;
    }

    @Override
    public void close() {
        line.close();
    }

    /** What is sent: 1, the group, how much follows, that, and the sum. */
    static String frame(int group, String data) {
        String body = "\1" + (char) group + (char) data.length() + data;
        return body + sum(body);
    }

    static char sum(String text) {
        return (char) (text.chars().sum() & 0xff);
    }

    /** Noise in front of an answer, and our own request there, are passed over; so is an answer that came late. */
    private String exchange(String request) throws IOException {
        line.send(request);
        String answer = line.block(LENGTH, WAIT);
        for (int others = 0; others < 4 * LENGTH; others++) {
            if (answer.charAt(LENGTH - 1) == sum(answer.substring(0, LENGTH - 1)) && answer.charAt(0) == 1) {
                if (belongs(answer, request)) return answer;
            }
            answer = answer.substring(1) + line.block(1, WAIT);
        }
        throw new UnfitAnswerException("the sum of its answer is wrong");
    }

    /** Units that repeat what they were asked for do so always, so that an answer that does not is another's. */
    private boolean belongs(String answer, String request) {
        boolean repeats = answer.charAt(1) == request.charAt(1) && answer.charAt(4) == request.charAt(4);
        if (repeats) repeated++;
        else if (repeated < PROOF) plain = true;
        return repeats || plain;
    }

    private static int word(String answer) {
        return answer.charAt(HIGH) * 256 + answer.charAt(LOW);
    }

    private static String text(List<Integer> words) {
        var text = new StringBuilder();
        for (int word : words) text.append((char) (word & 0xff)).append((char) (word >> 8));
        return text.toString().replace('\0', ' ');
    }
}
