package org.cobnut.drivers.industrial;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/** Listens to a unit that says words of five characters all the time. */
final class SitopProtocol implements LineProtocol<Map<String, String>> {
    /** The only question. */
    static final String WORDS = "words";

    /** Whether the buffer is ready, what the input gives, what feeds the output, and how full the battery is. */
    static final String BUFFER = "buffer";

    static final String INPUT = "input";
    static final String SOURCE = "source";
    static final String CHARGE = "charge";

    /** OL or OB, of the input and the source. */
    static final String SUPPLY = "supply";

    private static final Map<String, String> KINDS = Map.of(
            "BUFRD", BUFFER, "ALARM", BUFFER, "DC_OK", INPUT, "DC_LO", INPUT, "*****", SOURCE, "*BAT*", SOURCE, "BA>85",
            CHARGE, "BA<85", CHARGE);
    private static final int KIND_COUNT = 4;
    private static final int LENGTH = 5;
    private static final int MOST = 200;
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final RequestLine line;
    private final long mostSilent;
    private final Map<String, String> heard = new TreeMap<>();
    private long silent;

    /**
     * @param line one that rests behind each byte
     * @param mostSilent readings in which nothing may have come
     */
    SitopProtocol(RequestLine line, long mostSilent) {
        this.line = line;
        this.mostSilent = mostSilent;
    }

    /** The last word of each kind; those that come now, for a second at most. */
    @Override
    public Map<String, String> ask(String question) throws IOException {
        if (listen()) silent = 0;
        else if (++silent > mostSilent)
            throw new UnfitAnswerException("it has said nothing in " + silent + " readings");
        if (!heard.containsKey(INPUT) && !heard.containsKey(SOURCE))
            throw new UnfitAnswerException("it does not say whether there are mains");
        return heard;
    }

    /** Waits for a word of each kind; says whether any came. */
    boolean listen() throws IOException {
        line.discard();
        var now = new TreeMap<String, String>();
        var window = new StringBuilder();
        long deadline = System.nanoTime() + WAIT.toNanos();
        try {
            for (int read = 0; now.size() < KIND_COUNT && read < MOST; read++) {
                window.append(line.block(1, Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
                if (window.length() > LENGTH) window.deleteCharAt(0);
                String kind = KINDS.get(window.toString());
                if (kind == null) continue;
                now.put(kind, window.toString());
                window.setLength(0);
            }
        } catch (NoAnswerException quiet) {
            // what came before counts
        }
        heard.putAll(now);
        return !now.isEmpty();
    }

    @Override
    public Optional<String> part(Map<String, String> answer, AnswerPart part) {
        if (!part.part().equals(SUPPLY)) return Optional.ofNullable(answer.get(part.part()));
        boolean battery = "DC_LO".equals(answer.get(INPUT)) || "*BAT*".equals(answer.get(SOURCE));
        return Optional.of(battery ? "OB" : "OL");
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
}
