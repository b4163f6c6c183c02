package org.cobnut.table.line;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.link.NoAnswerException;
import org.cobnut.table.UnfitAnswerException;

/**
 * Asks a device whose answers do not say what they answer. After a question that was not answered in time its answer may come
 * in front of the next, and so each of them would be one behind; nothing is believed then until questions that never change
 * were answered as before.
 *
 * @param <R> an answer; its {@code equals} compares by value
 */
public final class AnswerOrder<R> {
    private final List<String> constants;
    private final Exchange<R> exchange;
    private final Map<String, R> known = new HashMap<>();
    private boolean doubtful;

    /** One exchange with the device. */
    @FunctionalInterface
    public interface Exchange<R> {
        /**
         * Sends a question and reads what comes.
         *
         * @throws NoAnswerException when nothing came, or half of an answer
         * @throws UnfitAnswerException when the device refused
         */
        R ask(String question) throws IOException;
    }

    /** @param constants two questions at least whose answers differ and never change */
    public AnswerOrder(List<String> constants, Exchange<R> exchange) {
        this.constants = List.copyOf(constants);
        this.exchange = exchange;
    }

    /**
     * Asks once.
     *
     * @throws NoAnswerException when nothing came, or half of an answer
     * @throws UnfitAnswerException when the device refused, or when its answers come late
     */
    public R ask(String question) throws IOException {
        if (doubtful) prove();
        R answer = exchange(question);
        if (constants.contains(question)) known.putIfAbsent(question, answer);
        return answer;
    }

    /** Something else was not answered in time. */
    public void doubt() {
        doubtful = true;
    }

    private void prove() throws IOException {
        for (String question : constants) {
            R answer = exchange(question);
            if (!answer.equals(known.getOrDefault(question, answer)))
                throw new UnfitAnswerException("its answers come late: " + question + " is not " + answer);
        }
        doubtful = false;
    }

    private R exchange(String question) throws IOException {
        try {
            return exchange.ask(question);
        } catch (NoAnswerException e) {
            doubtful = true;
            throw e;
        }
    }
}
