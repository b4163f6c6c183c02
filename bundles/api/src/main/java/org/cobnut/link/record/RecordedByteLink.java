package org.cobnut.link.record;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.cobnut.link.ByteLink;

/** A link of which a recording hears; questions and answers are gathered until the direction turns. */
class RecordedByteLink implements ByteLink {
    /** What comes by itself without end is told of in pieces, and so is an answer of no sensible length. */
    private static final int PIECE = 16_384;

    private static final int LONGEST_ANSWER = 1 << 20;

    private final ByteLink link;
    private final Recording recording;
    private final StringBuilder sent = new StringBuilder();
    private final StringBuilder received = new StringBuilder();
    /** Whether something was read, or waited for, since the last write. */
    private boolean turned;

    RecordedByteLink(ByteLink link, Recording recording) {
        this.link = link;
        this.recording = recording;
    }

    /** What may fail is told of when it does. */
    interface Action<T> {
        T run() throws IOException;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        if (turned) tell();
        watched(() -> {
            link.write(bytes);
            return sent.append(new String(bytes, StandardCharsets.ISO_8859_1));
        });
    }

    @Override
    public int read(byte[] into, Duration wait) throws IOException {
        turned = true;
        int count = watched(() -> link.read(into, wait));
        received.append(new String(into, 0, count, StandardCharsets.ISO_8859_1));
        if (received.length() > (sent.length() == 0 ? PIECE : LONGEST_ANSWER)) tell();
        return count;
    }

    @Override
    public void discard() throws IOException {
        tell();
        watched(() -> {
            link.discard();
            return true;
        });
    }

    /** May be called by another thread, so what was gathered by then is not told of. */
    @Override
    public void close() {
        link.close();
    }

    final Recording recording() {
        return recording;
    }

    final <T> T watched(Action<T> action) throws IOException {
        try {
            return action.run();
        } catch (InterruptedIOException ended) {
            throw ended;
        } catch (IOException lost) {
            recording.sent(take(sent));
            recording.failed(String.valueOf(lost.getMessage()));
            throw lost;
        }
    }

    /** Tells of what was gathered. */
    private void tell() {
        turned = false;
        if (sent.length() == 0 && received.length() == 0) return;
        recording.sent(take(sent));
        recording.received(take(received));
    }

    private static String take(StringBuilder text) {
        String all = text.toString();
        text.setLength(0);
        return all;
    }
}
