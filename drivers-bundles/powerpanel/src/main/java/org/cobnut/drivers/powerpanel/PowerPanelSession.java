package org.cobnut.drivers.powerpanel;

import java.io.IOException;
import java.util.Map;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.table.TableSession;

/** One UPS of these families. */
final class PowerPanelSession implements Session {
    private static final String SHUTDOWN = "shutdown.default";

    private final TableSession<Part> table;
    private final Protocol protocol;
    private final Map<String, String> stated;

    /** @param stated variables that the operator states, whatever the UPS says */
    PowerPanelSession(TableSession<Part> table, Protocol protocol, Map<String, String> stated) {
        this.table = table;
        this.protocol = protocol;
        this.stated = Map.copyOf(stated);
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        table.poll(report, due);
        stated.forEach(report::set);
        report.set("driver.version.data", protocol.name());
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        return table.set(variable, value);
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        return command.equalsIgnoreCase(SHUTDOWN) ? shutDown() : table.run(command, argument);
    }

    private Outcome shutDown() throws IOException {
        table.read(Due.QUICK);
        Outcome outcome = Outcome.failed("nobody knows how to switch off a UPS that speaks " + protocol.name());
        for (String command : protocol.shutdowns(table.status().contains("OB"))) {
            outcome = table.run(command, "");
            if (outcome.code() == Outcome.Code.HANDLED) return outcome;
        }
        return outcome;
    }

    @Override
    public void close() {
        table.close();
    }
}
