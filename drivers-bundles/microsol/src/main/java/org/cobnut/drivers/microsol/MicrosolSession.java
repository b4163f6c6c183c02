package org.cobnut.drivers.microsol;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.cobnut.driver.Due;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.model.Outcome;
import org.cobnut.table.Format;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;

/** A unit that sends packets of 25 bytes; it goes off for good by one order, and off and on again by another. */
final class MicrosolSession implements Session {
    private static final String IGNORED = "Taken for the sake of old files; changes nothing";

    static final Options OPTIONS = Options.of(
            Option.text("battext", IGNORED),
            Option.text("prgshut", IGNORED),
            Option.text("daysweek", IGNORED),
            Option.text("daysoff", IGNORED),
            Option.text("houron", IGNORED),
            Option.text("houroff", IGNORED));

    private final TableSession<AnswerPart> table;

    private MicrosolSession(TableSession<AnswerPart> table) {
        this.table = table;
    }

    static Session open(Settings settings, Links links, String driver, SolisPackets packets) throws IOException {
        var line = new RequestLine(links.open(
                ByteLink.class, settings.port(), SerialParameters.at(9600).lines(true, false)));
        var protocol = new PacketProtocol(line, packets);
        String packet = protocol.packet();
        if (packets.measures(packet, new SolisPackets.Flags(0)).isEmpty())
            throw new IOException(
                    "it says that it is model %d, which %s does not know".formatted((int) packet.charAt(0), driver));
        var rows = rows(packets);
        command(rows, "shutdown.return", SolisPackets.GO_OFF_AND_RETURN);
        command(rows, "shutdown.stayoff", SolisPackets.GO_OFF);
        return new MicrosolSession(session(driver, protocol, rows));
    }

    /** Rows for all that a kind of packet may tell. */
    static List<Row<AnswerPart>> rows(Packets packets) {
        var rows = new ArrayList<Row<AnswerPart>>();
        rows.add(Row.flag(part(Packets.STATUS), words -> Arrays.asList(words.split(" "))));
        rows.add(Row.alarm(part(Packets.ALARM), text -> text.isEmpty() ? List.of() : List.of(text)));
        for (String name : packets.names()) rows.add(Row.field(part(name), name, Format.text()));
        return rows;
    }

    static void command(List<Row<AnswerPart>> rows, String name, String order) {
        rows.add(Row.command(name, AnswerPart.order(order), (argument, known) -> ""));
    }

    static TableSession<AnswerPart> session(String title, PacketProtocol protocol, List<Row<AnswerPart>> rows) {
        return new TableSession<>(
                new LineWire<>(title, protocol, Set.of(PacketProtocol.PACKET)), Table.of(title, rows));
    }

    private static AnswerPart part(String name) {
        return new AnswerPart(PacketProtocol.PACKET, name);
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        table.poll(report, due);
    }

    /** On battery a unit that is off comes back with the mains by itself; on line it must be told to. */
    @Override
    public Outcome run(String command, String argument) throws IOException {
        if (!command.equalsIgnoreCase("shutdown.default")) return table.run(command, argument);
        return table.run(table.status().contains("OB") ? "shutdown.stayoff" : "shutdown.return", "");
    }

    @Override
    public void close() {
        table.close();
    }
}
