package org.cobnut.drivers.apcsmart;

import java.io.IOException;
import java.util.List;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;

/** One UPS that speaks UPS-Link. */
final class UpsLinkSession implements Session {
    private static final String SHUTDOWN = "shutdown.default";
    private static final String MODEL = "ups.model";

    private final TableSession<Address> table;
    private final UpsLinkWire wire;
    private final ShutdownPlan plan;

    UpsLinkSession(UpsLinkWire wire, Table<Address> rows, ShutdownPlan plan) {
        this.wire = wire;
        this.table = new TableSession<>(wire, rows);
        this.plan = plan;
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        table.poll(report, due);
        report.set("ups.mfr", "APC");
        if (!table.known().has(MODEL)) report.set(MODEL, "Smart-UPS");
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        return table.set(variable, value);
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        return command.equalsIgnoreCase(SHUTDOWN) ? shutDown() : table.run(command, argument);
    }

    /** The host goes down: the first way of the plan that the UPS takes. */
    private Outcome shutDown() throws IOException {
        List<ShutdownPlan.Way> ways = plan.ways(wire.status().contains("OB"));
        Outcome outcome = Outcome.failed("there is no way to shut down");
        for (ShutdownPlan.Way way : ways) {
            outcome = wire.write(way.order(), way.text());
            if (outcome.code() == Outcome.Code.HANDLED) return outcome;
        }
        return outcome;
    }

    @Override
    public void close() {
        table.close();
    }
}
