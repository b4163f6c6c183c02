package org.cobnut.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the ends of replies in a stream. Of a list only the end is looked at, so that the client's work stays small:
 * nothing may be asked before it has come.
 */
final class ReplyScanner {
    private final byte[] end;
    private final byte[] tail;
    private boolean begun;
    private boolean refused;
    private int refusals;

    /** For the replies to one request. */
    ReplyScanner(String request) {
        end = (request.startsWith("LIST ") ? "\nEND " + request + '\n' : "").getBytes(StandardCharsets.US_ASCII);
        tail = new byte[end.length];
    }

    /** How many replies ended in these bytes, all of which are taken. */
    int scan(ByteBuffer bytes) {
        return end.length == 0 ? lines(bytes) : list(bytes);
    }

    /** ERR replies since the last call. */
    int takeRefusals() {
        int taken = refusals;
        refusals = 0;
        return taken;
    }

    private int lines(ByteBuffer bytes) {
        int done = 0;
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (!begun) refused = b == 'E';
            begun = b != '\n';
            if (begun) continue;
            done++;
            if (refused) refusals++;
        }
        return done;
    }

    private int list(ByteBuffer bytes) {
        if (!begun) refused = bytes.get(bytes.position()) == 'E';
        begun = true;
        int fresh = Math.min(bytes.remaining(), tail.length);
        System.arraycopy(tail, fresh, tail, 0, tail.length - fresh);
        bytes.position(bytes.limit() - fresh).get(tail, tail.length - fresh, fresh);
        boolean over = refused ? tail[tail.length - 1] == '\n' : Arrays.equals(tail, end);
        if (!over) return 0;
        begun = false;
        if (refused) refusals++;
        Arrays.fill(tail, (byte) 0);
        return 1;
    }
}
