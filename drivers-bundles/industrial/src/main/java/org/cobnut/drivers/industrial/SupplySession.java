package org.cobnut.drivers.industrial;

import java.io.IOException;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.table.TableSession;
import org.cobnut.table.line.AnswerPart;

/**
 * A supply that can be switched off.
 *
 * @param shutdown the command that a host's shutdown gives
 */
record SupplySession(TableSession<AnswerPart> table, String shutdown) implements Session {
    @Override
    public void poll(Report report, Due due) throws IOException {
        table.poll(report, due);
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        return command.equalsIgnoreCase("shutdown.default") ? table.run(shutdown, "") : table.run(command, argument);
    }

    @Override
    public void close() {
        table.close();
    }
}
