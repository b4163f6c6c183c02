package org.cobnut.drivers.belkinunv;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.Numbers;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/**
 * Registers that are read and written one at a time: 0x7E, an instruction, a length, the register, data, and the sum of all
 * that. A question and an order are the number of a register in hexadecimal; the order of several registers is their numbers
 * with blanks between them.
 */
final class RegisterProtocol implements LineProtocol<String> {
    /** A part that is text; any other is a number of one byte or two, the lower first. */
    static final String TEXT = "text";

    private static final char START = 0x7e;
    private static final int READ = 3;
    private static final int WRITE = 4;
    private static final int REFUSED = 1;
    private static final int WRITTEN = 2;
    private static final int VALUE = 5;
    private static final int TRIES = 2;

    /** Frames and bytes that are no answer to this, before it is given up. */
    private static final int MOST_OTHERS = 512;

    private static final Duration WAIT = Duration.ofSeconds(1);

    private final RequestLine line;

    RegisterProtocol(RequestLine line) {
        this.line = line;
    }

    @Override
    public String ask(String question) throws IOException {
        int register = Integer.parseInt(question, 16);
        return RequestLine.repeat(TRIES, () -> exchange(frame(READ, register, "\0"), register, VALUE));
    }

    @Override
    public Optional<String> part(String data, AnswerPart part) {
        if (part.part().equals(TEXT)) return Optional.of(data.replace('\0', ' '));
        return switch (data.length()) {
            case 1 -> Optional.of(Integer.toString(data.charAt(0)));
            case 2 -> Optional.of(Integer.toString(data.charAt(0) + 256 * data.charAt(1)));
            default -> Optional.empty();
        };
    }

    /** The argument has as many numbers as the order has registers; each is written whatever became of the others. */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        String[] registers = order.split(" ", -1);
        String[] values = argument.split(" ", -1);
        Outcome outcome = Outcome.handled();
        for (int i = 0; i < registers.length; i++)
            try {
                int register = Integer.parseInt(registers[i], 16);
                int value = (int) Numbers.whole(values[i]);
                String data = "" + (char) (value & 0xff) + (char) (value >> 8 & 0xff);
                exchange(frame(WRITE, register, data), register, WRITTEN);
            } catch (NoAnswerException | UnfitAnswerException e) {
                outcome = Outcome.failed("register " + registers[i] + ": " + e.getMessage());
            }
        return outcome;
    }

    @Override
    public void close() {
        line.close();
    }

    static String frame(int instruction, int register, String data) {
        String body = "" + START + (char) instruction + (char) (data.length() + 1) + (char) register + data;
        return body + (char) (sum(body) & 0xff);
    }

    private static int sum(String text) {
        return text.chars().sum();
    }

    /** Our own requests, and answers for other registers that came late, are passed over. */
    private String exchange(String request, int register, int instruction) throws IOException {
        line.send(request);
        for (int others = 0; others < MOST_OTHERS; others++) {
            if (line.block(1, WAIT).charAt(0) != START) continue;
            String head = START + line.block(3, WAIT);
            String rest = line.block(head.charAt(2), WAIT);
            String body = head + rest.substring(0, Math.max(0, rest.length() - 1));
            if (rest.isEmpty() || (sum(body) & 0xff) != rest.charAt(rest.length() - 1))
                throw new UnfitAnswerException("the sum of its answer is wrong");
            if (head.charAt(3) != register) continue;
            if (head.charAt(1) == REFUSED) throw new UnfitAnswerException("the UPS refused it");
            if (head.charAt(1) == instruction) return body.substring(4);
        }
        throw new UnfitAnswerException("what it sends is no answer");
    }
}
