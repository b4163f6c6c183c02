package org.cobnut.drivers.industrial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
 * COMLI: {@code STX id stamp type address count data ETX check}, all in hexadecimal digits but the data, whose bits run
 * backwards; the check is the exclusive or of what stands behind STX. Bytes are characters.
 */
final class ComliProtocol implements LineProtocol<String> {
    private static final char STX = 2;
    private static final char ETX = 3;
    private static final char ACK = 6;

    /** The module's number, and the stamp that comes back. */
    private static final String MODULE = "141";

    private static final String FROM_MODULE = "001";
    private static final String READ = "2";
    private static final String DATA = "0";
    private static final String ACKNOWLEDGE = "1";
    private static final String ORDERS = "4500";
    private static final int HEAD = 10;
    private static final int MOST_NOISE = 64;
    private static final int TRIES = 2;
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final RequestLine line;

    ComliProtocol(RequestLine line) {
        this.line = line;
    }

    /** A question is an address and a count, four and two digits. */
    @Override
    public String ask(String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> {
            line.send(frame(READ + question));
            start();
            String head = line.block(HEAD, WAIT);
            if (!head.equals(FROM_MODULE + DATA + question))
                throw new UnfitAnswerException("it answers something else");
            return backwards(rest(head, Integer.parseInt(question.substring(4), 16)));
        });
    }

    /** A part is the number of a byte, from 0; with a w behind it, of the first byte of a word. */
    @Override
    public Optional<String> part(String answer, AnswerPart part) {
        int at = Integer.parseInt(part.part().replace("w", ""));
        int value = answer.charAt(at);
        return Optional.of(Integer.toString(part.part().endsWith("w") ? value << 8 | answer.charAt(at + 1) : value));
    }

    /** An order is its data in hexadecimal. */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        String data = new String(HexFormat.of().parseHex(order), StandardCharsets.ISO_8859_1);
        line.send(frame(DATA + ORDERS + "%02X".formatted(data.length()) + backwards(data)));
        try {
            start();
            String head = line.block(FROM_MODULE.length() + ACKNOWLEDGE.length(), WAIT);
            if (rest(head, 1).charAt(0) == ACK && head.equals(FROM_MODULE + ACKNOWLEDGE)) return Outcome.handled();
        } catch (NoAnswerException | UnfitAnswerException none) {
            // said below
        }
        return Outcome.failed("the module did not acknowledge the order");
    }

    @Override
    public void close() {
        line.close();
    }

    private void start() throws IOException {
        for (int noise = 0; line.block(1, WAIT).charAt(0) != STX; noise++)
            if (noise == MOST_NOISE) throw new UnfitAnswerException("what it sends is no answer");
    }

    /** So many bytes, behind which the frame ends as it should. */
    private String rest(String head, int count) throws IOException {
        String rest = line.block(count + 2, WAIT);
        if (rest.charAt(count) != ETX || rest.charAt(count + 1) != check(head + rest.substring(0, count + 1)))
            throw new UnfitAnswerException("the check of its answer is wrong");
        return rest.substring(0, count);
    }

    private static String frame(String content) {
        String checked = MODULE + content + ETX;
        return STX + checked + check(checked);
    }

    static char check(String bytes) {
        return (char) bytes.chars().reduce(0, (one, other) -> one ^ other);
    }

    static String backwards(String data) {
        var text = new StringBuilder();
        for (char one : data.toCharArray()) text.append((char) (Integer.reverse(one) >>> 24));
        return text.toString();
    }
}
