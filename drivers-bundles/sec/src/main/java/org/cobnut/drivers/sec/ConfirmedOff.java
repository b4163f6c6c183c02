package org.cobnut.drivers.sec;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.table.TableSession;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.RequestLine;

/** Switches the load off only when it is told so twice, 3 to 15 s apart, and then gives the order twice. */
final class ConfirmedOff implements Session {
    private static final long SOONEST = Duration.ofSeconds(3).toNanos();
    private static final long LATEST = Duration.ofSeconds(15).toNanos();

    private final TableSession<AnswerPart> table;
    private final RequestLine line;
    private final LongSupplier clock;
    private OptionalLong asked = OptionalLong.empty();

    ConfirmedOff(TableSession<AnswerPart> table, RequestLine line, LongSupplier clock) {
        this.table = table;
        this.line = line;
        this.clock = clock;
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        table.poll(report, due);
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        return table.set(variable, value);
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        if (!command.equalsIgnoreCase("load.off")) return table.run(command, argument);
        if (!confirmed(clock.getAsLong()))
            return Outcome.failed("load.off is done when it is asked for again, 3 to 15 s after this");
        Outcome outcome = table.run(command, argument);
        line.rest(Belkin.BETWEEN);
        return outcome.code() == Outcome.Code.HANDLED ? table.run(command, argument) : outcome;
    }

    @Override
    public void close() {
        table.close();
    }

    /** Whoever asks too soon waits anew. */
    private boolean confirmed(long now) {
        OptionalLong before = asked;
        asked = OptionalLong.of(now);
        return before.isPresent() && now - before.getAsLong() >= SOONEST && now - before.getAsLong() <= LATEST;
    }
}
