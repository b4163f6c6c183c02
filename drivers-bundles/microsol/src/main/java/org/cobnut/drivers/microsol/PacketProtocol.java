package org.cobnut.drivers.microsol;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/** Waits for the next packet that a unit sends; none of these units acknowledges an order. */
final class PacketProtocol implements LineProtocol<Map<String, String>> {
    /** The only question. */
    static final String PACKET = "packet";

    private static final Duration WAIT = Duration.ofSeconds(3);

    private final RequestLine line;
    private final Packets packets;

    PacketProtocol(RequestLine line, Packets packets) {
        this.line = line;
        this.packets = packets;
    }

    @Override
    public Map<String, String> ask(String question) throws IOException {
        return packets.values(packet());
    }

    /** A unit that sends nothing is woken, once. */
    String packet() throws IOException {
        line.discard();
        try {
            return next();
        } catch (NoAnswerException quiet) {
            if (packets.wake().isEmpty()) throw quiet;
            line.send(packets.wake());
            return next();
        }
    }

    @Override
    public Optional<String> part(Map<String, String> answer, AnswerPart part) {
        return Optional.ofNullable(answer.get(part.part()));
    }

    @Override
    public Outcome give(String order, String argument) throws IOException {
        line.append(order);
        return Outcome.handled();
    }

    @Override
    public void close() {
        line.close();
    }

    /** The first packet that is whole, wherever it begins. */
    private String next() throws IOException {
        int length = packets.length();
        var window = new StringBuilder(line.block(length, WAIT));
        for (int skipped = 0; !packets.fits(window.toString()); skipped++) {
            if (skipped == 3 * length) throw new UnfitAnswerException("what it sends is no packet");
            window.deleteCharAt(0).append(line.block(1, WAIT));
        }
        return window.toString();
    }
}
