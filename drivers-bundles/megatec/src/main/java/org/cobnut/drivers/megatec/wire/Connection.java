package org.cobnut.drivers.megatec.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.table.Cadence;

/**
 * Questions and commands on a line, one at a time. A UPS answers in the order in which it is asked, but not always in time: what
 * comes while an older question is open and can be the answer to that one is thrown away, and never taken for the answer to
 * another.
 */
public final class Connection implements AutoCloseable {
    private static final int TRIES = 3;

    /** A UPS that is silent twice will be silent a third time, and each time costs a second. */
    private static final int SILENCES = 2;

    /** An answer that is later than this never comes. */
    private static final Duration LATEST = Duration.ofSeconds(5);

    private final TextLine line;

    /** What was asked and not answered yet, the oldest first. */
    private final Deque<Open> open = new ArrayDeque<>();

    private boolean late;
    private boolean answered;
    private boolean mistaken;

    /** A question whose answer may still come. */
    private record Open(Query query, long deadline) {}

    public Connection(TextLine line) {
        this.line = line;
    }

    /**
     * Asks until a fit answer comes; questions change nothing, so they may be repeated.
     *
     * @throws NoAnswerException when nothing came
     * @throws WrongAnswerException when what came is no answer to this
     */
    public String ask(Query query) throws IOException {
        return ask(query, query.when() == Cadence.QUICK ? TRIES : SILENCES, false);
    }

    /**
     * The same, of a UPS that may not know the question: one that has answered another is believed to be silent at once. Many
     * questions that it does not know were asked before, so what may be a late answer to one of them makes it ask again at once.
     */
    public String probe(Query query) throws IOException {
        return ask(query, answered ? 1 : SILENCES, true);
    }

    private String ask(Query query, int most, boolean hasty) throws IOException {
        int silences = 0;
        int tries = 0;
        while (true) {
            try {
                String answer = answer(query, hasty);
                answered = true;
                return answer;
            } catch (NoAnswerException e) {
                if (mistaken) continue; // each time there is one open question less
                if (e.received().isEmpty()) silences++;
                if (++tries == TRIES || silences == most) throw e;
            } catch (WrongAnswerException e) {
                if (++tries == TRIES) throw e;
            }
        }
    }

    /** Whether answers come late at this time, so that one that did not come may be late, and not missing. */
    public boolean late() {
        return late;
    }

    /** Gives a command, once; what comes back in time is its answer, and nothing may be one too. */
    public Optional<String> command(String text, Coding coding) throws IOException {
        line.send(coding.encode(text) + "\r");
        long deadline = System.nanoTime() + line.patience().toNanos();
        try {
            while (true) {
                String raw = receive(deadline);
                if (owner(raw).isEmpty())
                    return Optional.of(coding.decode(raw).orElse(raw).strip());
            }
        } catch (NoAnswerException e) {
            return Optional.of(e.received().strip()).filter(part -> !part.isEmpty());
        }
    }

    /** The device at the other end, when it is on USB. */
    public Optional<UsbIdentity> usb() {
        return line.usb();
    }

    @Override
    public void close() {
        line.close();
    }

    private String answer(Query query, boolean hasty) throws IOException {
        long now = System.nanoTime();
        mistaken = false;
        open.removeIf(one -> one.deadline() - now < 0);
        line.send(query.sent());
        open.add(new Open(query, now + LATEST.toNanos()));
        long deadline = now + line.patience().toNanos();
        String raw = line.receive(line.patience());
        while (true) {
            Optional<Query> owner = owner(raw);
            if (owner.isEmpty()) {
                open.removeLast();
                throw new WrongAnswerException(query, query.coding().decode(raw).orElse(raw));
            }
            Optional<String> read = query.read(raw);
            late = open.stream().anyMatch(one -> !one.query().text().equals(query.text()));
            if (owner.get().text().equals(query.text()) && read.isPresent()) return read.get();
            late = true;
            mistaken |= read.isPresent();
            if (mistaken && hasty) throw new NoAnswerException(new byte[0], line.patience());
            raw = receive(deadline);
        }
    }

    /** The oldest open question that this can be the answer to. It is open no more, and those before it are given up. */
    private Optional<Query> owner(String raw) {
        Optional<Open> owner =
                open.stream().filter(one -> one.query().read(raw).isPresent()).findFirst();
        if (owner.isPresent()) do {} while (!open.remove().equals(owner.get()));
        return owner.map(Open::query);
    }

    private String receive(long deadline) throws IOException {
        return line.receive(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
}
