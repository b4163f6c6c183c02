package org.cobnut.drivers.ragtech;

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
 * Reads and changes registers. A request is {@code AA operation address address value sum}; registers that are read come
 * behind an AA, without a sum. A change is not acknowledged.
 */
final class RagtechProtocol implements LineProtocol<String> {
    /** The question for the registers from here on, thirty of them. */
    static final String MAIN = "0080";

    private static final int FIRST = 0x80;
    private static final int COUNT = 30;
    private static final int MODEL = 0x9A;
    private static final char START = 0xAA;
    private static final String READ = "04";
    private static final int REQUEST = 6;
    private static final int MOST_NOISE = 64;
    private static final int TRIES = 3;
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration CHANGING = Duration.ofMillis(150);

    private final RequestLine line;
    private int model = -1;

    RagtechProtocol(RequestLine line) {
        this.line = line;
    }

    /** From now on an answer that tells another model is none. */
    void model(int number) {
        model = number;
    }

    @Override
    public String ask(String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> {
            String answer = read(question, COUNT);
            if (model >= 0 && answer.charAt(MODEL - FIRST) != model)
                throw new UnfitAnswerException("its answer tells another model");
            return answer;
        });
    }

    /** Registers from an address of four hexadecimal digits on; nothing when the unit does not tell them. */
    Optional<String> registers(String address, int count) throws IOException {
        try {
            return Optional.of(RequestLine.repeat(TRIES, () -> read(address, count)));
        } catch (NoAnswerException | UnfitAnswerException none) {
            return Optional.empty();
        }
    }

    /** A part is a register in hexadecimal. */
    @Override
    public Optional<String> part(String answer, AnswerPart part) {
        return Optional.of(Integer.toString(answer.charAt(Integer.parseInt(part.part(), 16) - FIRST)));
    }

    /** The order is an operation, an address and a value in hexadecimal. */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        line.send(request(order));
        line.rest(CHANGING);
        return Outcome.handled();
    }

    @Override
    public void close() {
        line.close();
    }

    private String read(String address, int count) throws IOException {
        String request = request(READ + address + "%02x".formatted(count));
        line.send(request);
        for (int noise = 0; line.block(1, WAIT).charAt(0) != START; noise++)
            if (noise == MOST_NOISE) throw new UnfitAnswerException("what it sends is no answer");
        String answer = line.block(count, WAIT);
        if (!(START + answer).startsWith(request)) return answer;
        return answer.substring(REQUEST) + line.block(REQUEST, WAIT); // our own request came back
    }

    private static String request(String operation) {
        String bytes = new String(HexFormat.of().parseHex(operation), StandardCharsets.ISO_8859_1);
        return START + bytes + (char) (bytes.substring(1).chars().sum() & 0xff);
    }
}
