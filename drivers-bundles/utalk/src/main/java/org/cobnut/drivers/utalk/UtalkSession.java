package org.cobnut.drivers.utalk;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;

/** One UPS that speaks U-Talk. All of it takes a quarter of a minute to read, the status two seconds. */
final class UtalkSession implements Session {
    /** Nanoseconds between two readings of everything. */
    private static final long EVERYTHING = 60_000_000_000L;

    private final TableSession<Question> table;
    private final LongSupplier clock;
    private long last;
    private boolean read;

    /** @param clock nanoseconds that only grow */
    UtalkSession(UtalkWire wire, Table<Question> rows, LongSupplier clock) {
        this.table = new TableSession<>(wire, rows);
        this.clock = clock;
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        long now = clock.getAsLong();
        boolean everything = !read || now - last >= EVERYTHING;
        table.poll(report, everything ? Due.FULL : Due.QUICK);
        if (everything) last = now;
        read = true;
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        return table.set(variable, value);
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        return table.run(command.equalsIgnoreCase("shutdown.default") ? "shutdown.return" : command, argument);
    }

    @Override
    public void close() {
        table.close();
    }
}
