package org.cobnut.drivers.bicker;

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
 * Frames of Bicker: 1, how many bytes follow up to the end, an index, a command, data, 4. An answer repeats index and command.
 * A question is index and command in hexadecimal, such as 0141; an order is one too, and its data stand in the argument.
 */
final class BickerProtocol implements LineProtocol<String> {
    /** A part that is a whole number without sign, the lower byte first. */
    static final String NUMBER = "number";

    /** A part that is a whole number above or below zero. */
    static final String SIGNED = "signed";

    /** A part that is text. */
    static final String TEXT = "text";

    /** The index of parameters, whose answers are longer than what sets them. */
    private static final String PARAMETERS = "07";

    private static final char BEGIN = 1;
    private static final char END = 4;
    private static final int TRIES = 2;
    private static final int SHORTEST = 3;
    private static final int LONGEST = 64;
    private static final int MOST_SKIPPED = 80;
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final HexFormat HEX = HexFormat.of();

    private final RequestLine line;

    BickerProtocol(RequestLine line) {
        this.line = line;
    }

    /** The data of the answer, a character each byte. */
    @Override
    public String ask(String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> exchange(question, ""));
    }

    /**
     * A part may name which bytes of the data it is in, as in {@code number 2-4}.
     *
     * @return empty when the answer has not as many bytes
     */
    @Override
    public Optional<String> part(String data, AnswerPart part) {
        String[] words = part.part().split("[ -]", -1);
        if (words.length == 1) return Optional.of(value(words[0], data));
        int from = Integer.parseInt(words[1]);
        int to = Integer.parseInt(words[2]);
        return to > data.length() ? Optional.empty() : Optional.of(value(words[0], data.substring(from, to)));
    }

    @Override
    public Outcome give(String order, String argument) throws IOException {
        try {
            exchange(order, bytes(argument));
            return Outcome.handled();
        } catch (NoAnswerException | UnfitAnswerException e) {
            return Outcome.failed("the UPS did not acknowledge " + order + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        line.close();
    }

    private static String value(String kind, String data) {
        if (kind.equals(TEXT)) return data.replace('\0', ' ').strip();
        long number = 0;
        for (int at = data.length() - 1; at >= 0; at--) number = number * 256 + data.charAt(at);
        boolean negative = kind.equals(SIGNED) && data.length() == 2 && number > Short.MAX_VALUE;
        return Long.toString(negative ? number - 65536 : number);
    }

    private static String bytes(String hex) {
        return new String(HEX.parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    /** Frames that are no answer to this are passed over: our own request, and an answer that came late. */
    private String exchange(String address, String data) throws IOException {
        String body = bytes(address) + data;
        String request = "" + BEGIN + (char) (body.length() + 1) + body + END;
        line.send(request);
        boolean echoed = false;
        for (int skipped = 0; skipped < MOST_SKIPPED; skipped++) {
            if (line.block(1, WAIT).charAt(0) != BEGIN) continue;
            int length = line.block(1, WAIT).charAt(0);
            if (length < SHORTEST || length > LONGEST) continue;
            String rest = line.block(length, WAIT);
            if (rest.charAt(length - 1) != END) throw new UnfitAnswerException("the end of its frame is wrong");
            boolean same = rest.equals(request.substring(2));
            if (same && !echoed && (data.isEmpty() || address.startsWith(PARAMETERS))) echoed = true;
            else if (rest.startsWith(body.substring(0, 2))) return rest.substring(2, length - 1);
        }
        throw new UnfitAnswerException("what it sends is no frame of this question");
    }
}
