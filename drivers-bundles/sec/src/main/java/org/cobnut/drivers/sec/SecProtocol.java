package org.cobnut.drivers.sec;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerOrder;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.RequestLine;

/**
 * Polls and sets of three letters, each with its length in three digits. An answer does not say to which question it belongs;
 * after one that failed, the UPS must prove that it is not one answer behind, before anything it says is believed again.
 */
final class SecProtocol implements LineProtocol<List<String>> {
    /** In front of an order: it is given only when the unit tells another value, and what becomes of it does not matter. */
    static final String UNLESS_SO = "unless so ";

    private static final int TRIES = 2;
    private static final int MOST_NOISE = 512;
    private static final int LONGEST = 256;

    /** The oldest firmware of Belkin announces 53 characters of ratings and sends 50. */
    private static final String ANNOUNCED = "053";

    private static final int SENT = 50;

    private final RequestLine line;
    private final Form form;
    private final AnswerOrder<List<String>> answers;

    /**
     * How one maker writes it.
     *
     * @param prefix what each message begins with
     * @param separator between fields
     * @param accepted the type of the answer to a set that was taken
     * @param refused the type of the answer to what was not
     * @param acknowledges whether each set is answered
     * @param constants two questions whose answers differ and never change
     * @param patience how long an answer may take
     */
    record Form(
            String prefix,
            String separator,
            char accepted,
            char refused,
            boolean acknowledges,
            List<String> constants,
            Duration patience) {}

    SecProtocol(RequestLine line, Form form) {
        this.line = line;
        this.form = form;
        this.answers = new AnswerOrder<>(form.constants, this::poll);
    }

    /** The fields of an answer, counted from 1 in {@link #part}. */
    @Override
    public List<String> ask(String question) throws IOException {
        return RequestLine.repeat(TRIES, () -> answers.ask(question));
    }

    /** Asks without a second try, to find out whether there is such a UPS. */
    List<String> askOnce(String question) throws IOException {
        return answers.ask(question);
    }

    @Override
    public Optional<String> part(List<String> fields, AnswerPart part) {
        int field = Integer.parseInt(part.part());
        return field > fields.size()
                ? Optional.empty()
                : Optional.of(fields.get(field - 1).strip()).filter(text -> !text.isEmpty());
    }

    @Override
    public Outcome give(String order, String argument) throws IOException {
        if (!order.startsWith(UNLESS_SO)) return set(order, argument);
        String setting = order.substring(UNLESS_SO.length());
        try {
            if (!ask(setting).get(0).strip().equals(argument)) set(setting, argument);
        } catch (NoAnswerException | UnfitAnswerException none) {
            return Outcome.handled(); // a unit that has no such setting goes on without
        }
        return Outcome.handled();
    }

    private Outcome set(String order, String argument) throws IOException {
        line.send(message('S', order + argument));
        if (!form.acknowledges) return Outcome.handled();
        try {
            answer();
            return Outcome.handled();
        } catch (NoAnswerException silent) {
            answers.doubt();
            return Outcome.failed("the UPS did not acknowledge " + order);
        } catch (UnfitAnswerException e) {
            return Outcome.failed(e.getMessage() + ": " + order + argument);
        }
    }

    @Override
    public void close() {
        line.close();
    }

    private List<String> poll(String question) throws IOException {
        line.send(message('P', question));
        return List.of(answer().split(form.separator, -1));
    }

    private String message(char type, String text) {
        return "%s%c%03d%s".formatted(form.prefix, type, text.length(), text);
    }

    /** The data of the next answer; none for a set that was taken. Our own requests may come back in front of it. */
    private String answer() throws IOException {
        String head = line.block(form.prefix.length() + 1, form.patience);
        for (int noise = 0; ; noise++) {
            char type = head.charAt(form.prefix.length());
            if (head.startsWith(form.prefix)) {
                if (type == 'D') return data();
                if (type == form.accepted) return "";
                if (type == form.refused) throw new UnfitAnswerException("the UPS refused it");
            }
            if (noise == MOST_NOISE) throw new UnfitAnswerException("what it sends is no answer");
            head = head.substring(1) + line.block(1, form.patience);
        }
    }

    private String data() throws IOException {
        String length = line.block(3, form.patience);
        if (!length.matches("\\d{3}") || Integer.parseInt(length) >= LONGEST)
            throw new UnfitAnswerException("its answer has no length but '" + length + "'");
        try {
            return line.block(Integer.parseInt(length), form.patience);
        } catch (NoAnswerException e) {
            if (length.equals(ANNOUNCED) && e.received().length() == SENT) return e.received();
            throw e;
        }
    }
}
