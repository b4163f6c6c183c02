package org.cobnut.drivers.tripplite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/** What a unit on USB is asked and told, over a {@link ReportLine}. */
final class ReportProtocol implements LineProtocol<byte[]> {
    /** Question and order: an outlet, by its number behind this; 0 is the relay in front of all. */
    static final String OUTLET = "outlet ";

    /** Order: switch the load off in so many seconds, until the mains return. */
    static final String SHUTDOWN = "shutdown";

    /** Order: the number that tells this unit from others. */
    static final String UNIT_ID = "unit id";

    /** Orders that no unit is known to acknowledge. */
    private static final Set<String> SILENT = Set.of("A", "Z");

    private static final int TRIES = 3;
    private static final int OUTLET_SECONDS = 5;

    private final ReportLine line;
    private final UsbProtocol protocol;
    private final Duration beforeOff;

    /** What was ordered of each outlet; no unit tells. */
    private final Map<Integer, Integer> switched = new HashMap<>();

    /** @param beforeOff what a unit needs between the delay and the order to switch off */
    ReportProtocol(ReportLine line, UsbProtocol protocol, Duration beforeOff) {
        this.line = line;
        this.protocol = protocol;
        this.beforeOff = beforeOff;
    }

    @Override
    public byte[] ask(String question) throws IOException {
        if (!question.startsWith(OUTLET)) return ask(line, question);
        return new byte[] {'K', switched.getOrDefault(outlet(question), 1).byteValue()};
    }

    /** Asks for what changes nothing in the unit. */
    static byte[] ask(ReportLine line, String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> line.ask(question));
    }

    /**
     * A part is a kind and the first and last byte: {@code hex 1-4} for hexadecimal digits and {@code bytes 1-2} for a number
     * of bytes, the highest first; both become decimal. {@code text 1-6} is the characters.
     */
    @Override
    public Optional<String> part(byte[] answer, AnswerPart part) {
        String[] words = part.part().split("[ -]");
        int first = Integer.parseInt(words[1]);
        int last = Integer.parseInt(words[2]);
        if (last >= answer.length) return Optional.empty();
        String text = new String(answer, first, last - first + 1, StandardCharsets.ISO_8859_1);
        return switch (words[0]) {
            case "text" -> Optional.of(text);
            case "hex" ->
                text.chars().allMatch(HexFormat::isHexDigit)
                        ? Optional.of(Integer.toString(HexFormat.fromHexDigits(text)))
                        : Optional.empty();
            default -> Optional.of(Integer.toString(text.chars().reduce(0, (high, low) -> high << 8 | low)));
        };
    }

    @Override
    public Outcome give(String order, String argument) throws IOException {
        try {
            if (order.startsWith(OUTLET)) switchOutlet(outlet(order), Integer.parseInt(argument));
            else if (order.equals(SHUTDOWN)) shutDown(Integer.parseInt(argument));
            else line.order(order.equals(UNIT_ID) ? "J" + word(Integer.parseInt(argument)) : order);
            return Outcome.handled();
        } catch (NoAnswerException | UnfitAnswerException e) {
            return SILENT.contains(order)
                    ? Outcome.handled()
                    : Outcome.failed("the UPS did not acknowledge the order: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        line.close();
    }

    private void switchOutlet(int outlet, int state) throws IOException {
        String delay = protocol.binary() ? "" + (char) OUTLET_SECONDS : "%02X".formatted(OUTLET_SECONDS);
        line.order("N" + delay);
        line.order("K" + (protocol.binary() ? "" + (char) outlet + (char) state : "" + outlet + state));
        switched.put(outlet, state);
    }

    private void shutDown(int seconds) throws IOException {
        line.order("N" + word(seconds));
        ReportLine.pause(beforeOff);
        line.order("G");
    }

    private static int outlet(String name) {
        return Integer.parseInt(name.substring(OUTLET.length()));
    }

    private static String word(int number) {
        return "" + (char) (number >> 8 & 0xff) + (char) (number & 0xff);
    }
}
