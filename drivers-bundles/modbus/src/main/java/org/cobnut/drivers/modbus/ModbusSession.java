package org.cobnut.drivers.modbus;

import java.io.IOException;
import java.util.List;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.table.RowOrigin;
import org.cobnut.table.TableSession;

/** One device of a mapping file. */
final class ModbusSession implements Session {
    /** The command by which a host that goes down switches the load off, where there are several; the first that is there counts. */
    private static final List<String> SHUTDOWNS = List.of("shutdown.return", "shutdown.stayoff", "load.off");

    private final TableSession<Address> table;

    ModbusSession(TableSession<Address> table) {
        this.table = table;
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        table.poll(report, due);
        if (table.status().isEmpty()) report.stale("the device tells no status that this driver knows");
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        return table.set(variable, value);
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        if (!command.equalsIgnoreCase("shutdown.default")) return table.run(command, argument);
        for (String shutdown : SHUTDOWNS) {
            Outcome outcome = table.run(shutdown, "");
            if (outcome.code() != Outcome.Code.UNKNOWN) return outcome;
        }
        return Outcome.unknown();
    }

    List<RowOrigin> origins() {
        return table.origins();
    }

    @Override
    public void close() {
        table.close();
    }
}
