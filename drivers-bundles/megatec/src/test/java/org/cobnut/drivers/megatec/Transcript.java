package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.link.ByteLink;
import org.cobnut.link.record.Conversation;
import org.cobnut.link.record.ReplayedLink;

/** A recorded conversation played as a line, in the notation of every recording; tells what was asked. */
final class Transcript implements ByteLink {
    private final Conversation conversation;
    private final ReplayedLink link;
    private final List<String> asked = new ArrayList<>();

    private Transcript(Conversation conversation) {
        this.conversation = conversation;
        this.link = new ReplayedLink(conversation);
    }

    /** A UPS that answers nothing. */
    Transcript() {
        this(new Conversation());
    }

    static Transcript of(String text) {
        return new Transcript(org.cobnut.link.record.Transcript.of(text).conversation());
    }

    /** The same conversation, with bytes that come so many at a time. */
    Transcript inPiecesOf(int size) {
        link.inPiecesOf(size);
        return this;
    }

    /** From now on the line is hung up. */
    void hangUp() {
        link.hangUp();
    }

    /** From now on this is the answer. */
    void answer(String question, String answer) {
        conversation.answer(question, answer);
    }

    /** What was asked, in order, without the CRs; to be cleared between two steps. */
    List<String> asked() {
        return asked;
    }

    boolean closed() {
        return link.closed();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        link.write(bytes);
        asked.add(new String(bytes, StandardCharsets.ISO_8859_1).strip());
    }

    @Override
    public int read(byte[] into, Duration wait) throws IOException {
        return link.read(into, wait);
    }

    @Override
    public void discard() throws IOException {
        link.discard();
    }

    @Override
    public void close() {
        link.close();
    }
}
