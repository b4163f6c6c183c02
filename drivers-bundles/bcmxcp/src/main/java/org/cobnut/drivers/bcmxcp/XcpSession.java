package org.cobnut.drivers.bcmxcp;

import java.io.IOException;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.table.TableSession;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;

/** One unit, on whatever carries its frames. */
final class XcpSession implements Session {
    private static final int TOPOLOGY_BITS = 16;
    private static final int TRIES = 3;

    private final TableSession<AnswerPart> table;

    private XcpSession(TableSession<AnswerPart> table) {
        this.table = table;
    }

    /** Asks a unit that answers what it is. */
    static XcpSession open(XcpLine line, long delay) throws IOException {
        XcpIdentity identity = XcpIdentity.parse(XcpProtocol.block(line, Block.IDENTITY, TRIES));
        String configuration = XcpProtocol.block(line, Block.CONFIGURATION, TRIES);
        int mask = XcpBytes.number(configuration, TOPOLOGY_BITS, 1).orElse(0L).intValue();
        XcpAbilities abilities = XcpAbilities.read(line, identity);
        var wire = new LineWire<>("bcmxcp", new XcpProtocol(line, identity, mask), XcpTable.vital());
        return new XcpSession(new TableSession<>(wire, XcpTable.of(identity, abilities, delay)));
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        table.poll(report, due);
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        return table.set(variable, value);
    }

    /** A unit that does not take the order to come back is told to go off for good. */
    @Override
    public Outcome run(String command, String argument) throws IOException {
        if (!command.equalsIgnoreCase("shutdown.default")) return table.run(command, argument);
        Outcome outcome = table.run("shutdown.return", "");
        return outcome.code() == Outcome.Code.HANDLED ? outcome : table.run("shutdown.stayoff", "");
    }

    @Override
    public void close() {
        table.close();
    }
}
