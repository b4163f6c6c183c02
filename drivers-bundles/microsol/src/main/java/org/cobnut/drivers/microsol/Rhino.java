package org.cobnut.drivers.microsol;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.driver.Driver;
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
import org.cobnut.table.Numbers;
import org.cobnut.table.TableSession;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** rhino: Microsol Rhino, 6 to 20 kVA. */
@Component(property = {Driver.NAME + "=rhino", Driver.VERSION + "=0.51"})
public final class Rhino implements Driver {
    private static final Options OPTIONS =
            Options.of(Option.text("battext", "Taken for the sake of old files; changes nothing"));

    /** What NUT's driver waits before a shutdown. */
    private static final Duration BEFORE_SHUTDOWN = Duration.ofSeconds(15);

    private static final int GO_OFF = 4;

    private final Duration beforeShutdown;

    /** Started by OSGi. */
    public Rhino() {
        this(BEFORE_SHUTDOWN);
    }

    Rhino(Duration beforeShutdown) {
        this.beforeShutdown = beforeShutdown;
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        var line = new RequestLine(links.open(
                ByteLink.class, settings.port(), SerialParameters.at(19200).lines(true, false)));
        var packets = new RhinoPackets();
        var protocol = new PacketProtocol(line, packets);
        protocol.packet();
        var rows = MicrosolSession.rows(packets);
        MicrosolSession.command(rows, "shutdown.stayoff", RhinoPackets.order(GO_OFF));
        MicrosolSession.command(rows, "load.on", RhinoPackets.order(3));
        MicrosolSession.command(rows, "load.off", RhinoPackets.order(GO_OFF));
        MicrosolSession.command(rows, "bypass.start", RhinoPackets.order(5));
        MicrosolSession.command(rows, "bypass.stop", RhinoPackets.order(6));
        return new RhinoSession(line, beforeShutdown, MicrosolSession.session("rhino", protocol, rows));
    }

    /** A unit that is given time before it goes off. */
    private record RhinoSession(RequestLine line, Duration beforeShutdown, TableSession<AnswerPart> table)
            implements Session {
        @Override
        public void poll(Report report, Due due) throws IOException {
            table.poll(report, due);
        }

        @Override
        public Outcome run(String command, String argument) throws IOException {
            if (command.equalsIgnoreCase("shutdown.default")) return table.run("load.off", "");
            if (command.equalsIgnoreCase("shutdown.stayoff")) line.rest(beforeShutdown);
            return table.run(command, argument);
        }

        @Override
        public void close() {
            table.close();
        }
    }

    /** Packets of 37 bytes: C0 to C3 for the model, measures, clock and flags, and a sum. */
    private static final class RhinoPackets implements Packets {
        private static final int LENGTH = 37;
        private static final int ORDER = 18;
        private static final int TIMES = 5;

        /** A model whose battery has more cells than the sums of the others hold for. */
        private static final int OTHER_BATTERY = 0xC2;

        private static final Map<Integer, String> MODELS =
                Map.of(0xC0, "Rhino 20.0 kVA", 0xC1, "Rhino 10.0 kVA", 0xC2, "Rhino 6.0 kVA", 0xC3, "Rhino 7.5 kVA");

        /** An order has a sum at its end, all bits turned; it is sent five times. */
        static String order(int number) {
            String text = "\1" + (char) number + "\0".repeat(ORDER - 2);
            return (text + (char) (~number & 0xff)).repeat(TIMES);
        }

        @Override
        public int length() {
            return LENGTH;
        }

        @Override
        public boolean fits(String packet) {
            return MODELS.containsKey((int) packet.charAt(0))
                    && packet.charAt(LENGTH - 1) == Packets.sum(packet.substring(0, LENGTH - 1));
        }

        @Override
        public String wake() {
            return "";
        }

        @Override
        public List<String> names() {
            return List.of(
                    "ups.mfr",
                    "ups.model",
                    "ups.temperature",
                    "input.voltage",
                    "input.frequency",
                    "output.voltage",
                    "battery.voltage",
                    "outlet.switchable",
                    "outlet.1.switchable");
        }

        @Override
        public Map<String, String> values(String packet) {
            int flags = packet.charAt(33);
            boolean bypass = (flags & 0x08) != 0;
            var values = new HashMap<String, String>();
            values.put("ups.mfr", "Microsol");
            values.put("ups.model", MODELS.getOrDefault((int) packet.charAt(0), ""));
            values.put("ups.temperature", Numbers.format(packet.charAt(23) & 0x7f, 2));
            values.put("input.voltage", Numbers.format(packet.charAt(2), 1));
            values.put("input.frequency", Numbers.format(SolisPackets.word(packet, 9) / 10., 1));
            values.put("output.voltage", Numbers.format(bypass ? packet.charAt(2) / 2. + 5 : packet.charAt(11), 1));
            values.put("battery.voltage", Numbers.format(packet.charAt(20), 1));
            values.put("outlet.switchable", (flags & 0x02) != 0 ? "yes" : "no");
            values.put("outlet.1.switchable", bypass ? "yes" : "no");
            boolean failed = (packet.charAt(35) & 0x02) != 0;
            values.put(STATUS, (failed ? "OB" : "OL") + (low(packet) ? " LB" : ""));
            return values;
        }

        /** By the unit's own flag, and by an estimate of the minutes that are left. */
        private static boolean low(String packet) {
            if ((packet.charAt(34) & 0x40) != 0) return true;
            int battery = packet.charAt(20);
            if (packet.charAt(0) == OTHER_BATTERY || (battery > 129 && battery < 144)) return false;
            double amperes = (SolisPackets.word(packet, 13) + 250) / 220.;
            return 40 / amperes * 60 * (battery - 126) / 18 * 0.32 - 2 < 5;
        }
    }
}
