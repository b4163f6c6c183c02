package org.cobnut.drivers.oldserial;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/** ISBMEX: the unit sends packets by itself, three ampersands and seven bytes, of which the last two are digits. */
final class IsbProtocol implements LineProtocol<String> {
    /** The only question. */
    static final String PACKET = "packet";

    private static final String HEAD = "&&&";
    private static final int LENGTH = 10;
    private static final int MOST_SKIPPED = 60;
    private static final Duration WAIT = Duration.ofSeconds(3);

    private final RequestLine line;

    IsbProtocol(RequestLine line) {
        this.line = line;
    }

    /** The seven bytes of the next packet. */
    @Override
    public String ask(String question) throws IOException {
        line.discard();
        String text = line.block(LENGTH, WAIT);
        for (int skipped = 0; !whole(text); skipped++) {
            if (skipped == MOST_SKIPPED) throw new UnfitAnswerException("what it sends is no packet");
            text = text.substring(1) + line.block(1, WAIT);
        }
        return text.substring(HEAD.length());
    }

    /** A head within a packet begins the next one: the first was cut off. */
    private static boolean whole(String text) {
        return text.lastIndexOf(HEAD) == 0 && text.substring(LENGTH - 2).matches("[0-2][0-2]");
    }

    /** A part is FIRST-BEHIND of the bytes of a number, the higher byte first. */
    @Override
    public Optional<String> part(String packet, AnswerPart part) {
        int dash = part.part().indexOf('-');
        int number = 0;
        for (int at = Integer.parseInt(part.part().substring(0, dash));
                at < Integer.parseInt(part.part().substring(dash + 1));
                at++) number = number * 256 + packet.charAt(at);
        return Optional.of(Integer.toString(number));
    }

    /** There is no order. */
    @Override
    public Outcome give(String order, String argument) {
        return Outcome.unknown();
    }

    @Override
    public void close() {
        line.close();
    }
}
