package org.cobnut.table.line;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.Wire;

/**
 * A wire over questions and answers: all parts of an answer are read by asking once.
 *
 * @param <R> a checked answer
 */
public final class LineWire<R> implements Wire<AnswerPart> {
    private final String title;
    private final LineProtocol<R> protocol;
    private final Set<String> vital;

    /**
     * Takes over the protocol, which {@link #close} gives back.
     *
     * @param title names the device's kind in messages
     * @param vital the questions without whose answer a reading does not count
     */
    public LineWire(String title, LineProtocol<R> protocol, Set<String> vital) {
        this.title = title;
        this.protocol = protocol;
        this.vital = Set.copyOf(vital);
    }

    @Override
    public Object unit(AnswerPart part) {
        return part.question();
    }

    @Override
    public Map<AnswerPart, String> read(List<AnswerPart> parts) throws IOException {
        var texts = new HashMap<AnswerPart, String>();
        String question = parts.get(0).question();
        try {
            R answer = protocol.ask(question);
            for (AnswerPart part : parts) protocol.part(answer, part).ifPresent(text -> texts.put(part, text));
        } catch (NoAnswerException | UnfitAnswerException e) {
            if (vital.contains(question)) throw new IOException(title + ", " + question + ": " + e.getMessage(), e);
        }
        return texts;
    }

    @Override
    public Outcome write(AnswerPart order, String argument) throws IOException {
        return protocol.give(order.question(), argument);
    }

    @Override
    public void close() {
        protocol.close();
    }
}
