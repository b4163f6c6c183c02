package org.cobnut.drivers.netxml;

import java.io.IOException;
import java.util.List;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.table.RowOrigin;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;

/** One UPS behind a card. */
final class NetxmlSession implements Session {
    private final TableSession<String> table;

    NetxmlSession(Card card, Table<String> table, boolean tenths) {
        this.table = new TableSession<>(new NetxmlWire(card, tenths), table);
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        table.poll(report, due);
        if (table.known().is("lost", "1")) report.stale("the card has lost its UPS");
        else if (table.status().isEmpty()) report.stale("the card tells no status that this driver knows");
    }

    List<RowOrigin> origins() {
        return table.origins();
    }

    @Override
    public void close() {
        table.close();
    }
}
