package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.link.ByteLink;

/**
 * A UPS out of a conversation: "> Q1\r" is a question, the "<" lines behind it its answers, one a time it is asked; the
 * last one stays. A question with "< " alone, or none of its own, is met by silence. Silence costs no time.
 */
final class Transcript implements ByteLink {
    private final Map<String, Deque<String>> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final StringBuilder sent = new StringBuilder();
    private final StringBuilder waiting = new StringBuilder();
    private int chunk = Integer.MAX_VALUE;
    private boolean gone;
    private boolean closed;

    static Transcript of(String text) {
        var link = new Transcript();
        String question = "";
        for (String line : text.lines().toList()) {
            String rest = line.length() > 2 ? line.substring(2).replace("\\r", "\r") : "";
            if (line.startsWith(">")) {
                question = rest;
                link.answers.putIfAbsent(question, new ArrayDeque<>());
            } else if (line.startsWith("<")) {
                link.answers.get(question).add(rest);
            } else if (!line.isBlank()) {
                throw new IllegalArgumentException(line);
            }
        }
        return link;
    }

    /** The same conversation, with bytes that come so many at a time. */
    Transcript inPiecesOf(int size) {
        chunk = size;
        return this;
    }

    /** From now on the line is hung up. */
    void hangUp() {
        gone = true;
    }

    /** From now on this is the answer. */
    void answer(String question, String answer) {
        answers.put(question, new ArrayDeque<>(List.of(answer)));
    }

    /** What was asked, in order, without the CRs. */
    List<String> asked() {
        return asked;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        alive();
        sent.append(new String(bytes, StandardCharsets.ISO_8859_1));
        int end;
        while ((end = sent.indexOf("\r") + 1) > 0) {
            String question = sent.substring(0, end);
            sent.delete(0, end);
            asked.add(question.strip());
            Deque<String> replies = answers.getOrDefault(question, new ArrayDeque<>());
            if (replies.isEmpty()) continue;
            waiting.append(replies.size() == 1 ? replies.peek() : replies.poll());
        }
    }

    @Override
    public int read(byte[] into, Duration wait) throws IOException {
        alive();
        int count = Math.min(Math.min(chunk, into.length), waiting.length());
        for (int i = 0; i < count; i++) into[i] = (byte) waiting.charAt(i);
        waiting.delete(0, count);
        return count;
    }

    @Override
    public void discard() throws IOException {
        alive();
        waiting.setLength(0);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void alive() throws IOException {
        if (gone || closed) throw new IOException("the line is gone");
    }
}
