package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.cobnut.link.ByteLink;
import org.cobnut.link.NoAnswerException;
import org.cobnut.table.UnfitAnswerException;

/** Questions and commands on the wire: text that ends with CR, one at a time. */
final class Connection implements AutoCloseable {
    /** The longest answer of the family has 76 characters; one that does not end is noise. */
    private static final int LONGEST = 256;

    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final int TRIES = 3;

    /** A UPS that is silent twice will be silent a third time, and each time costs a second. */
    private static final int SILENCES = 2;

    private final ByteLink link;

    Connection(ByteLink link) {
        this.link = link;
    }

    /**
     * Asks until a fit answer comes; questions change nothing, so they may be repeated.
     *
     * @throws NoAnswerException when nothing came
     * @throws UnfitAnswerException when what came is no answer to this
     */
    String ask(Query query) throws IOException {
        int silences = 0;
        for (int attempt = 1; ; attempt++) {
            try {
                String answer = send(query.text());
                if (query.fits(answer)) return answer;
                if (attempt == TRIES)
                    throw new UnfitAnswerException("'%s' is no answer to %s".formatted(answer.strip(), query.text()));
            } catch (NoAnswerException e) {
                if (e.received().isEmpty()) silences++;
                if (silences == SILENCES || attempt == TRIES) throw e;
            }
        }
    }

    /** Gives a command, once; what comes back within a second is its answer, and nothing may be one too. */
    Optional<String> command(String text) throws IOException {
        try {
            return Optional.of(send(text).strip());
        } catch (NoAnswerException e) {
            return Optional.of(e.received().strip()).filter(part -> !part.isEmpty());
        }
    }

    @Override
    public void close() {
        link.close();
    }

    private String send(String text) throws IOException {
        link.discard();
        link.write((text + "\r").getBytes(StandardCharsets.ISO_8859_1));
        return new String(link.readUntil('\r', LONGEST, WAIT), StandardCharsets.ISO_8859_1);
    }
}
