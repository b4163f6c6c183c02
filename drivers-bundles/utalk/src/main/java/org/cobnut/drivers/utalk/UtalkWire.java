package org.cobnut.drivers.utalk;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.Wire;

/** Asks one question at a time, and writes texts that the UPS acknowledges by OK. */
final class UtalkWire implements Wire<Question> {
    private static final String STATUS = "Ss";
    private static final String UNKNOWN = "?";
    /** An answer of which no row makes anything. */
    private static final String NOTHING = "";

    private final Talk line;
    private final Set<Question> answered = new HashSet<>();
    private final Set<Question> unknown = new HashSet<>();

    UtalkWire(Talk line) {
        this.line = line;
    }

    @Override
    public Map<Question, String> read(List<Question> questions) throws IOException {
        Question question = questions.get(0);
        if (unknown.contains(question)) return Map.of(question, NOTHING);
        boolean needed = question.text().equals(STATUS) || answered.contains(question);
        try {
            String answer = line.ask(question.text());
            if (answer.startsWith(UNKNOWN) && !question.text().equals(STATUS)) {
                if (!needed) unknown.add(question);
                return Map.of(question, NOTHING);
            }
            answered.add(question);
            return Map.of(question, answer);
        } catch (NoAnswerException | UnfitAnswerException e) {
            if (!needed) return Map.of();
            throw new IOException(question.text() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Outcome write(Question question, String text) throws IOException {
        try {
            String answer = line.ask(text);
            return answer.equals("OK") ? Outcome.handled() : Outcome.failed("the UPS answered '" + answer + "'");
        } catch (NoAnswerException e) {
            return Outcome.failed("the UPS did not answer");
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
