package org.cobnut.link.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.link.SerialLink;

/** A serial line, or bytes over anything else, out of a conversation. Silence takes no time. */
public final class ReplayedLink implements SerialLink {
    private final Conversation conversation;
    private final StringBuilder sent = new StringBuilder();
    private final StringBuilder waiting = new StringBuilder();
    private final List<String> asked = new ArrayList<>();
    private int chunk = Integer.MAX_VALUE;
    private boolean gone;
    private boolean closed;

    /** A link over which nothing has passed yet. */
    public ReplayedLink(Conversation conversation) {
        this.conversation = conversation;
    }

    /** The same link, with bytes that come so many at a time. */
    public ReplayedLink inPiecesOf(int size) {
        chunk = size;
        return this;
    }

    /** From now on the line is hung up. */
    public void hangUp() {
        gone = true;
    }

    /** What was asked, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        refuseWhenGone();
        sent.append(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Override
    public int read(byte[] into, Duration wait) throws IOException {
        refuseWhenGone();
        ask();
        if (waiting.length() == 0) waiting.append(conversation.unasked());
        int count = Math.min(Math.min(chunk, into.length), waiting.length());
        for (int i = 0; i < count; i++) into[i] = (byte) waiting.charAt(i);
        waiting.delete(0, count);
        return count;
    }

    @Override
    public void discard() throws IOException {
        refuseWhenGone();
        ask();
        waiting.setLength(0);
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void dtr(boolean on) throws IOException {
        refuseWhenGone();
    }

    @Override
    public void rts(boolean on) throws IOException {
        refuseWhenGone();
    }

    @Override
    public boolean cts() throws IOException {
        return state("cts");
    }

    @Override
    public boolean dsr() throws IOException {
        return state("dsr");
    }

    @Override
    public boolean dcd() throws IOException {
        return state("dcd");
    }

    @Override
    public boolean ring() throws IOException {
        return state("ring");
    }

    @Override
    public void sendBreak(Duration length) throws IOException {
        refuseWhenGone();
    }

    @Override
    public void speed(int bits) throws IOException {
        refuseWhenGone();
    }

    @Override
    public boolean drain(Duration wait) throws IOException {
        refuseWhenGone();
        return true;
    }

    private void ask() throws IOException {
        if (sent.length() == 0) return;
        String question = sent.toString();
        sent.setLength(0);
        asked.add(question);
        waiting.append(conversation.answer(question));
    }

    private boolean state(String name) throws IOException {
        refuseWhenGone();
        return Boolean.parseBoolean(conversation.state(name));
    }

    private void refuseWhenGone() throws IOException {
        if (gone || closed) throw new IOException("the line is gone");
    }
}
