package org.cobnut.drivers.safenet;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/**
 * Twelve letters and CR ask for the status or give an order; the unit answers with its status: a dollar, and ten letters of
 * which B is true and A is false.
 */
final class SafeNetProtocol implements LineProtocol<String> {
    static final String STATUS = "status";
    static final String BATTERY_TEST = "ZAVLEJFICOPR";
    static final String MAINS_TEST = "ZFSDERBTRFGY";
    static final String STOP_TEST = "ZGWLEJFICOPR";
    static final String BEEPER = "ZELWSABPMBEQ";

    /** In front of an order: it is given only when the beeper is silent, or only when it is not. */
    static final String IF_SILENT = "?";

    static final String IF_LOUD = "!";

    /** Letters of the answer, from 1. */
    static final int ON_BATTERY = 1;

    static final int LOW = 3;
    static final int OVERLOAD = 4;
    static final int SILENT = 6;
    static final int BATTERY_FAILED = 7;
    static final int SYSTEM_FAILED = 8;
    static final int TESTING = 9;

    private static final String INITIALIZE = "ZCADLIOPERJD";
    private static final int TRIES = 3;
    private static final int LONGEST = 32;

    /** Twelve bytes and their answer take 0.2 s at 1200 bits a second, and the pace as much again. */
    private static final Duration WAIT = Duration.ofMillis(500);

    private final RequestLine line;
    private final RandomGenerator random;

    SafeNetProtocol(RequestLine line, RandomGenerator random) {
        this.line = line;
        this.random = random;
    }

    /** Wakes the unit's interface. */
    void initialize() throws IOException {
        RequestLine.repeat(TRIES, () -> exchange(INITIALIZE));
    }

    /** A test of the battery is stopped when it has drained it: the unit would go on until it is empty. */
    @Override
    public String ask(String question) throws IOException {
        String answer = RequestLine.repeat(TRIES, () -> exchange(poll()));
        if (holds(answer, TESTING) && holds(answer, LOW)) give(STOP_TEST, "");
        return answer;
    }

    @Override
    public Optional<String> part(String answer, AnswerPart part) {
        return Optional.of(answer.substring(Integer.parseInt(part.part()), Integer.parseInt(part.part()) + 1));
    }

    /** The order is its letters, which the argument ends. A unit that is shutting down does not answer any more. */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        String letters = order;
        if (order.startsWith(IF_SILENT) || order.startsWith(IF_LOUD)) {
            letters = order.substring(1);
            if (holds(ask(STATUS), SILENT) != order.startsWith(IF_SILENT)) return Outcome.handled();
        }
        try {
            exchange(letters + argument);
        } catch (NoAnswerException | UnfitAnswerException e) {
            if (argument.isEmpty()) return Outcome.failed("the UPS did not acknowledge: " + e.getMessage());
        }
        return Outcome.handled();
    }

    /** Whether the unit is on battery at this moment; so it is when it does not say. */
    boolean onBattery() throws IOException {
        try {
            return holds(ask(STATUS), ON_BATTERY);
        } catch (NoAnswerException | UnfitAnswerException unknown) {
            return true;
        }
    }

    @Override
    public void close() {
        line.close();
    }

    /** Any letters from A to J, but an L as far behind the second letter as that one says. */
    String poll() {
        var letters = new char[12];
        letters[0] = 'Z';
        for (int i = 1; i < letters.length; i++) letters[i] = (char) ('A' + random.nextInt(10));
        letters[letters[1] - 'A' + 2] = 'L';
        return new String(letters);
    }

    /** A number in letters, 0 to 9 as A to J. */
    static String letters(long number, int digits) {
        var text = new StringBuilder();
        for (char digit : ("%0" + digits + "d").formatted(number).toCharArray())
            text.append((char) (digit - '0' + 'A'));
        return text.toString();
    }

    private static boolean holds(String answer, int letter) {
        return answer.charAt(letter) == 'B';
    }

    private String exchange(String letters) throws IOException {
        line.send(letters + "\r");
        String answer = line.line('\r', LONGEST, WAIT);
        if (answer.equals(letters)) answer = line.line('\r', LONGEST, WAIT); // our own request came back
        String status = answer.substring(Math.max(0, answer.indexOf('$')));
        if (!status.matches("\\$[AB]{10}")) throw new UnfitAnswerException("'" + answer.strip() + "' is no status");
        return status;
    }
}
