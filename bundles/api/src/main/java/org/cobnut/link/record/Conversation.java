package org.cobnut.link.record;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What passed over one link, to be asked again: each question has its answers in their order, and the last one stays. One
 * thread at a time.
 */
public final class Conversation {
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final Map<String, Deque<String>> states = new HashMap<>();
    private final Deque<Answer> unasked = new ArrayDeque<>();
    private @Nullable Deque<Answer> current;

    /** What came, or how the link failed. */
    private record Answer(String text, boolean failure) {
        String get() throws IOException {
            if (failure) throw new IOException(text);
            return text;
        }
    }

    /** What comes when this was sent; empty for silence, with which whatever is not known is met too. */
    public String answer(String sent) throws IOException {
        Deque<Answer> all = answers.getOrDefault(sent, new ArrayDeque<>());
        Answer answer = all.size() > 1 ? all.poll() : all.peek();
        return answer == null ? "" : answer.get();
    }

    /** What comes by itself, each piece once; empty when there is no more. */
    public String unasked() throws IOException {
        Answer next = unasked.poll();
        return next == null ? "" : next.get();
    }

    /** The state of that name, as it was read each time; the last one stays, and one that is not known is empty. */
    public String state(String name) {
        Deque<String> all = states.getOrDefault(name, new ArrayDeque<>());
        String state = all.size() > 1 ? all.poll() : all.peek();
        return state == null ? "" : state;
    }

    /** From now on this is the one answer. */
    public void answer(String sent, String text) {
        answers.put(sent, new ArrayDeque<>());
        addQuestion(sent);
        addAnswer(text);
    }

    void addQuestion(String sent) {
        current = sent.isEmpty() ? null : answers.computeIfAbsent(sent, same -> new ArrayDeque<>());
    }

    void addAnswer(String text) {
        target().add(new Answer(text, false));
    }

    void addFailure(String reason) {
        target().add(new Answer(reason, true));
    }

    /** Puts text behind the last answer. False when there is none. */
    boolean extend(String text) {
        Answer last = target().pollLast();
        if (last == null || last.failure()) return false;
        addAnswer(last.text() + text);
        return true;
    }

    void addState(String name, String value) {
        states.computeIfAbsent(name, same -> new ArrayDeque<>()).add(value);
    }

    private Deque<Answer> target() {
        return current == null ? unasked : current;
    }
}
