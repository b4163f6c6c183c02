package org.cobnut.drivers.apcupsd;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.cobnut.link.ByteLink;
import org.cobnut.link.NoAnswerException;

/** Asks apcupsd's network information server for its status: records of text, each behind its length in two bytes. */
final class NisClient {
    private static final byte[] REQUEST = {0, 6, 's', 't', 'a', 't', 'u', 's'};
    private static final Duration WAIT = Duration.ofSeconds(15);

    /** No record of apcupsd has more bytes, and no status as many records; more of either is another server. */
    private static final int LONGEST_RECORD = 1023;

    private static final int MOST_RECORDS = 500;

    private final Opener opener;
    private Optional<ByteLink> link;
    private boolean served;

    /** Connects to the server. */
    @FunctionalInterface
    interface Opener {
        ByteLink open() throws IOException;
    }

    private NisClient(Opener opener, ByteLink link) {
        this.opener = opener;
        this.link = Optional.of(link);
    }

    /** @throws IOException when the server cannot be reached */
    static NisClient connect(Opener opener) throws IOException {
        return new NisClient(opener, opener.open());
    }

    /**
     * Asks for the status: values by the keys of apcupsd. A connection that served before and is lost now is opened again, once,
     * for some servers end it after an answer.
     *
     * @throws NoAnswerException when the answer does not come, or not in whole, within 15 s
     */
    Map<String, String> status() throws IOException {
        boolean before = served;
        try {
            return ask();
        } catch (NoAnswerException | InterruptedIOException late) {
            throw late;
        } catch (IOException lost) {
            if (!before) throw lost;
        }
        return ask();
    }

    private Map<String, String> ask() throws IOException {
        ByteLink server = link.isPresent() ? link.get() : opener.open();
        link = Optional.of(server);
        served = false;
        try {
            server.discard();
            server.write(REQUEST);
            Map<String, String> answer = answer(server, System.nanoTime() + WAIT.toNanos());
            served = true;
            return answer;
        } finally {
            if (!served) { // what comes late would be taken for the next answer
                server.close();
                link = Optional.empty();
            }
        }
    }

    private static Map<String, String> answer(ByteLink server, long deadline) throws IOException {
        var values = new LinkedHashMap<String, String>();
        for (int records = 0; records < MOST_RECORDS; records++) {
            byte[] head = read(server, 2, deadline);
            int length = (head[0] & 0xff) << 8 | (head[1] & 0xff);
            if (length == 0) return values;
            if (length > LONGEST_RECORD)
                throw new IOException("the server sends a record of " + length + " bytes, so it is no apcupsd");
            String record = new String(read(server, length, deadline), StandardCharsets.ISO_8859_1);
            int colon = record.indexOf(':');
            if (colon < 0) throw new IOException("the server sends a record without a colon, so it is no apcupsd");
            values.put(
                    record.substring(0, colon).strip(),
                    record.substring(colon + 1).strip());
        }
        throw new IOException("the server sends more than " + MOST_RECORDS + " records, so it is no apcupsd");
    }

    private static byte[] read(ByteLink server, int count, long deadline) throws IOException {
        var all = new byte[count];
        int have = 0;
        while (have < count) {
            var part = new byte[count - have];
            long left = deadline - System.nanoTime();
            int more = left <= 0 ? 0 : server.read(part, Duration.ofNanos(left));
            if (more == 0) throw new NoAnswerException(Arrays.copyOf(all, have), WAIT);
            System.arraycopy(part, 0, all, have, more);
            have += more;
        }
        return all;
    }
}
