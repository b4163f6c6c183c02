package org.cobnut.bench;

import java.nio.ByteBuffer;

/** Finds the ends of replies in a stream: a line by itself, or a list from BEGIN to END. */
final class ReplyScanner {
    private static final int BEGIN = prefix("BEGI");
    private static final int END = prefix("END ");
    private static final int ERR = prefix("ERR ");

    private int prefix;
    private int column;
    private boolean inList;
    private int refusals;

    /** How many replies ended in these bytes. */
    int scan(ByteBuffer bytes) {
        int done = 0;
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (b == '\n') {
                if (endOfLine()) done++;
                prefix = 0;
                column = 0;
            } else if (column++ < 4) prefix = prefix << 8 | b;
        }
        return done;
    }

    /** ERR replies since the last call. */
    int takeRefusals() {
        int taken = refusals;
        refusals = 0;
        return taken;
    }

    private boolean endOfLine() {
        if (prefix == ERR) refusals++;
        if (prefix == BEGIN) inList = true;
        else if (prefix == END) inList = false;
        return !inList;
    }

    private static int prefix(String four) {
        return four.charAt(0) << 24 | four.charAt(1) << 16 | four.charAt(2) << 8 | four.charAt(3);
    }
}
