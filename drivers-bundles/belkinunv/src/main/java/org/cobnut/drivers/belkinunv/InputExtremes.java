package org.cobnut.drivers.belkinunv;

import java.io.IOException;
import java.util.Optional;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.table.Numbers;
import org.cobnut.table.TableSession;
import org.cobnut.table.line.AnswerPart;

/** Keeps the least and the greatest input voltage, which the unit does not. */
final class InputExtremes implements Session {
    private static final String RESET = "reset.input.minmax";

    private final TableSession<AnswerPart> table;
    private Optional<Double> least = Optional.empty();
    private Optional<Double> greatest = Optional.empty();

    InputExtremes(TableSession<AnswerPart> table) {
        this.table = table;
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        table.poll(report, due);
        report.command(RESET);
        table.known().number("input.voltage").filter(volts -> volts > 0).ifPresent(volts -> {
            least = Optional.of(Math.min(volts, least.orElse(volts)));
            greatest = Optional.of(Math.max(volts, greatest.orElse(volts)));
        });
        least.ifPresent(volts -> report.set("input.voltage.minimum", Numbers.format(volts, 1)));
        greatest.ifPresent(volts -> report.set("input.voltage.maximum", Numbers.format(volts, 1)));
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        return table.set(variable, value);
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        if (!command.equalsIgnoreCase(RESET)) return table.run(command, argument);
        least = Optional.empty();
        greatest = Optional.empty();
        return Outcome.handled();
    }

    @Override
    public void close() {
        table.close();
    }
}
