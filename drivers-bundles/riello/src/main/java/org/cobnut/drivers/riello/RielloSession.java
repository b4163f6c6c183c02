package org.cobnut.drivers.riello;

import java.io.IOException;
import java.util.Map;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.LineWire;

/** One UPS of either protocol; the line is whatever the protocol was opened on. */
final class RielloSession implements Session {
    private final TableSession<AnswerPart> table;
    private final BatteryOptions battery;
    private final Map<String, String> link;

    RielloSession(LineProtocol<Map<Quantity, String>> protocol, Table<AnswerPart> rows, BatteryOptions battery) {
        this(protocol, rows, battery, Map.of());
    }

    /** @param link variables of what the UPS hangs on */
    RielloSession(
            LineProtocol<Map<Quantity, String>> protocol,
            Table<AnswerPart> rows,
            BatteryOptions battery,
            Map<String, String> link) {
        this.battery = battery;
        this.link = Map.copyOf(link);
        table = new TableSession<>(new LineWire<>(rows.title(), protocol, RielloTable.vital()), rows);
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        table.poll(report, due);
        battery.publish(report, table.known());
        link.forEach(report::set);
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        return table.set(variable, value);
    }

    /** A shutdown of the host calls off a pending shutdown first; whether there was one does not matter. */
    @Override
    public Outcome run(String command, String argument) throws IOException {
        if (!command.equalsIgnoreCase("shutdown.default")) return table.run(command, argument);
        table.run("shutdown.stop", "");
        return table.run("shutdown.return", "");
    }

    @Override
    public void close() {
        table.close();
    }
}
