package org.cobnut.drivers.microdowell;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/**
 * Frames of a bracket, a length, a command with data, and the exclusive or of all behind the bracket. A question is a command
 * in hexadecimal, with the address of eight bytes behind it where the command reads the EEPROM.
 */
final class EnterpriseProtocol implements LineProtocol<String> {
    static final String STATUS = "00";
    static final int EEPROM = 0x50;

    /** In an argument: the mode of a shutdown, which depends on whether the UPS is on battery at that moment. */
    static final String MODE = "mode";

    private static final int ON_BATTERY = 1;
    private static final char START = '[';
    private static final int ACCEPTED = 0x06;
    private static final int REFUSED = 0x15;
    private static final int BLOCK = 8;
    private static final int TRIES = 3;
    private static final int MOST_NOISE = 512;
    private static final int LONGEST = 64;
    private static final Duration WAIT = Duration.ofMillis(500);

    private final RequestLine line;

    EnterpriseProtocol(RequestLine line) {
        this.line = line;
    }

    /** The data of an answer; of the EEPROM, the eight bytes. */
    @Override
    public String ask(String question) throws IOException {
        int command = Integer.parseInt(question.substring(0, 2), 16);
        String data = command == EEPROM ? "" + (char) Integer.parseInt(question.substring(2), 16) + (char) BLOCK : "";
        return RequestLine.repeat(TRIES, () -> {
            String answer = exchange(command, data, command);
            return command == EEPROM ? answer.substring(Math.min(2, answer.length())) : answer;
        });
    }

    /** A part is the place of a byte, {@code w} and the place of a word, the higher byte first, or two places of text. */
    @Override
    public Optional<String> part(String answer, AnswerPart part) {
        String[] places = part.part().replace("w", "").split("-", -1);
        int first = Integer.parseInt(places[0]);
        int last = Integer.parseInt(places[places.length - 1]);
        boolean word = part.part().startsWith("w");
        if (last + (word ? 1 : 0) >= answer.length()) return Optional.empty();
        if (word) return Optional.of(Integer.toString(answer.charAt(first) * 256 + answer.charAt(first + 1)));
        return Optional.of(
                places.length == 1
                        ? Integer.toString(answer.charAt(first))
                        : answer.substring(first, last + 1).replace('\0', ' '));
    }

    /** The order is a command in hexadecimal, the argument the bytes behind it, with commas between them. */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        try {
            var data = new StringBuilder();
            for (String each : argument.split(",", -1))
                data.append((char) (each.equals(MODE) ? mode() : Integer.parseInt(each)));
            exchange(Integer.parseInt(order, 16), data.toString(), ACCEPTED);
            return Outcome.handled();
        } catch (NoAnswerException | UnfitAnswerException e) {
            return Outcome.failed("the UPS did not acknowledge: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        line.close();
    }

    /** A UPS that does not tell is taken for one on line, which a shutdown switches off in any case. */
    private int mode() throws IOException {
        try {
            return (ask(STATUS).charAt(0) & ON_BATTERY) != 0 ? 2 : 1;
        } catch (NoAnswerException | UnfitAnswerException unknown) {
            return 1;
        }
    }

    static String frame(String data) {
        String body = (char) data.length() + data;
        return START + body + xor(body);
    }

    static char xor(String text) {
        return (char) text.chars().reduce(0, (a, b) -> a ^ b);
    }

    /** An order may be answered by its own command, too. */
    private String exchange(int command, String data, int wanted) throws IOException {
        String request = frame((char) command + data);
        line.send(request);
        for (int noise = 0; noise < MOST_NOISE; noise++) {
            if (line.block(1, WAIT).charAt(0) != START) continue;
            String length = line.block(1, WAIT);
            if (length.charAt(0) == 0 || length.charAt(0) > LONGEST) continue;
            String body = line.block(length.charAt(0), WAIT);
            if (line.block(1, WAIT).charAt(0) != xor(length + body))
                throw new UnfitAnswerException("the check of its answer is wrong");
            if (request.equals(frame(body))) continue; // our own request came back
            int said = body.charAt(0);
            if (said == REFUSED) throw new UnfitAnswerException("the UPS refused it" + reason(body));
            if (said == wanted || said == command) return body.substring(1);
        }
        throw new UnfitAnswerException("what it sends is no answer");
    }

    private static String reason(String body) {
        return body.length() > 1 ? " with error " + (int) body.charAt(1) : "";
    }
}
