package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.cobnut.drivers.megatec.wire.TextLine;
import org.cobnut.link.NoAnswerException;

/** A UPS that answers in order, each answer as many time-outs late as the test says. No time passes. */
final class LateLine implements TextLine {
    private final Map<String, String> answers;
    private final Deque<Answer> coming = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private int late;
    private int timeouts;

    /** An answer, and after how many time-outs in all it is there. */
    private record Answer(String text, int due) {}

    /** @param answers by question, both without their CR */
    LateLine(Map<String, String> answers) {
        this.answers = answers;
    }

    /** From now on answers are so late. */
    void late(int by) {
        late = by;
    }

    List<String> asked() {
        return asked;
    }

    @Override
    public void send(String text) {
        while (!coming.isEmpty() && coming.peek().due() <= timeouts) coming.remove();
        asked.add(text.strip());
        String answer = answers.get(text.strip());
        if (answer != null) coming.add(new Answer(answer + "\r", timeouts + late));
    }

    @Override
    public String receive(Duration wait) throws IOException {
        Answer next = coming.peek();
        if (next == null || next.due() > timeouts) {
            timeouts++;
            throw new NoAnswerException(new byte[0], wait);
        }
        coming.remove();
        return next.text();
    }

    @Override
    public void close() {}
}
