package org.cobnut.testkit.serial;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A simulated device that answers from a table; what is not in it is met by silence. */
public class AnswerTable extends SerialSimulator {
    private final String end;
    private final Map<String, List<String>> answers = new ConcurrentHashMap<>();

    /** @param end what ends a request; empty for requests of one character */
    public AnswerTable(String end) {
        this.end = end;
    }

    /**
     * Answers a request like this from now on.
     *
     * @param request the request without its end
     * @param answer the answer with its end, in pieces between which the line rests; none for silence
     */
    public final AnswerTable says(String request, String... answer) {
        answers.put(request, List.of(answer));
        return this;
    }

    @Override
    protected int requestLength(String text) {
        if (end.isEmpty()) return 1;
        int at = text.indexOf(end);
        return at < 0 ? 0 : at + end.length();
    }

    @Override
    protected List<String> answer(String request) {
        return answers.getOrDefault(request.substring(0, request.length() - end.length()), List.of());
    }
}
