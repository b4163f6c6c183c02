package org.cobnut.drivers.liebert;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerOrder;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/**
 * YDN23: frames of hexadecimal digits between a tilde and a carriage return, with a sum over the length and one over all. An
 * answer does not say what it answers. A question is a command (CID2), an order too; its data stand in the argument.
 */
final class GxeProtocol implements LineProtocol<String> {
    /** Who the unit is. */
    static final String IDENTITY = "51";

    /** How it is set. */
    static final String PARAMETERS = "47";

    private static final String VERSION = "21";

    /** The kind of device: a UPS. */
    private static final String UPS = "2A";

    private static final int HEAD = 12;
    private static final int SUM = 4;
    private static final int LONGEST = 300;
    private static final int MOST_OTHERS = 4;
    private static final Duration WAIT = Duration.ofMillis(1500);
    private static final HexFormat HEX = HexFormat.of();

    private static final Map<String, String> REFUSALS = Map.of(
            "01", "another version of the protocol",
            "02", "a wrong sum",
            "03", "a wrong sum of the length",
            "04", "an unknown command",
            "05", "a wrong form",
            "06", "wrong data");

    private final RequestLine line;
    private final String address;
    private final int tries;
    private final AnswerOrder<String> order = new AnswerOrder<>(List.of(IDENTITY, PARAMETERS), this::request);

    GxeProtocol(RequestLine line, int address, int tries) {
        this.line = line;
        this.address = "%02d".formatted(address);
        this.tries = tries;
    }

    /** The data of the answer, a character each byte. */
    @Override
    public String ask(String question) throws IOException {
        return RequestLine.repeat(tries, () -> order.ask(question));
    }

    /** A part is {@code text FIRST-BEHIND}, {@code byte PLACE} or {@code word PLACE}, of which the lower byte is first. */
    @Override
    public Optional<String> part(String data, AnswerPart part) {
        String[] words = part.part().split("[ -]", -1);
        int place = Integer.parseInt(words[1]);
        return switch (words[0]) {
            case "byte" -> number(data, place, 1);
            case "word" -> number(data, 2 * place, 2);
            default -> {
                int behind = Math.min(data.length(), Integer.parseInt(words[2]));
                yield place < behind ? Optional.of(data.substring(place, behind)) : Optional.empty();
            }
        };
    }

    @Override
    public Outcome give(String command, String argument) throws IOException {
        try {
            exchange(command, argument);
            return Outcome.handled();
        } catch (NoAnswerException | UnfitAnswerException e) {
            order.doubt();
            return Outcome.failed("the UPS did not acknowledge " + command + " " + argument + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        line.close();
    }

    /** What is sent and received: head, data, and the sum. */
    static String frame(String address, String command, String data) {
        int length = data.length();
        int lengthSum = -(length + (length >> 4) + (length >> 8)) & 0xf;
        String body =
                VERSION + address + UPS + command + String.format(Locale.ROOT, "%X%03X", lengthSum, length) + data;
        return "~" + body + sum(body) + "\r";
    }

    private static String sum(String body) {
        return String.format(Locale.ROOT, "%04X", -body.chars().sum() & 0xffff);
    }

    private static Optional<String> number(String data, int at, int bytes) {
        if (at + bytes > data.length()) return Optional.empty();
        int high = bytes == 2 ? data.charAt(at + 1) : 0;
        return Optional.of(Integer.toString(high * 256 + data.charAt(at)));
    }

    private String request(String question) throws IOException {
        return exchange(question, "");
    }

    private String exchange(String command, String data) throws IOException {
        String request = frame(address, command, data);
        line.send(request);
        for (int others = 0; others < MOST_OTHERS; others++) {
            String text = line.line('\r', LONGEST, WAIT);
            String body = text.substring(text.lastIndexOf('~') + 1);
            if (!request.equals("~" + body + "\r")) return data(body);
        }
        throw new UnfitAnswerException("our own request comes back, and no answer");
    }

    private String data(String body) throws UnfitAnswerException {
        if (!body.matches("[0-9A-F]{" + (HEAD + SUM) + ",}"))
            throw new UnfitAnswerException("what it sends is no frame of YDN23");
        int behind = body.length() - SUM;
        String head = VERSION + address + UPS;
        if (!sum(body.substring(0, behind)).equals(body.substring(behind)))
            throw new UnfitAnswerException("the sum of its answer is wrong");
        if (!body.startsWith(head)) throw new UnfitAnswerException("another unit answers: " + body.substring(0, 6));
        String result = body.substring(head.length(), head.length() + 2);
        if (!result.equals("00"))
            throw new UnfitAnswerException("the UPS says " + REFUSALS.getOrDefault(result, "fault " + result));
        String data = body.substring(HEAD, behind);
        if (!frame(address, result, data).equals("~" + body + "\r"))
            throw new UnfitAnswerException("the length of its answer is wrong");
        if (data.length() % 2 != 0) throw new UnfitAnswerException("half a byte is missing in its answer");
        return new String(HEX.parseHex(data), StandardCharsets.ISO_8859_1);
    }
}
