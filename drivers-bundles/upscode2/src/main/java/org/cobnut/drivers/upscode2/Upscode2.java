package org.cobnut.drivers.upscode2;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.drivers.upscode2.Upscode2Protocol.Pair;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.SerialParameters;
import org.cobnut.model.Outcome;
import org.cobnut.table.TableSession;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** upscode2: units that speak UPScode II. */
@Component(property = {Driver.NAME + "=upscode2", Driver.VERSION + "=0.90"})
public final class Upscode2 implements Driver {
    private static final Options OPTIONS = Options.of(
            Option.text("manufacturer", "What ups.mfr says").fallback("unknown"),
            Option.choice("baudrate", "Bits a second", "300", "600", "1200", "2400", "4800", "9600", "19200", "38400")
                    .fallback("1200"),
            Option.number("input_timeout", 2, "Seconds to wait for a line"),
            Option.number("output_pace", 200, "Microseconds between two characters"),
            Option.number("pollfreq", 60, "Seconds between two readings of what changes slowly"),
            Option.text("full_update", "Taken for the sake of old files: pollfreq counts"),
            Option.flag("use_crlf", "Ends commands with CR LF"),
            Option.flag("use_pre_lf", "Begins commands with LF"));

    private static final Duration BETWEEN = Duration.ofSeconds(1);

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        int speed = Integer.parseInt(settings.text("baudrate").orElse("1200"));
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(speed));
        var line = new RequestLine(link, Duration.ofNanos(settings.number("output_pace") * 1000));
        var protocol = new Upscode2Protocol(
                line,
                settings.flag("use_pre_lf") ? "\n" : "",
                settings.flag("use_crlf") ? "\r\n" : "\r",
                Duration.ofSeconds(Math.max(1, Math.min(10, settings.number("input_timeout")))));
        Set<String> commands = protocol.commands();
        var unit = new UnitTable(
                commands,
                protocol.ask(Upscode2Protocol.STATE),
                known(protocol, Upscode2Protocol.NOMINAL),
                commands.contains(Upscode2Protocol.BATTERIES) ? known(protocol, Upscode2Protocol.BATTERIES) : List.of(),
                settings.text("manufacturer").orElse(""));
        if (commands.contains("UPSD")) protocol.give("UPSD", "10");
        if (commands.contains("UPCD")) protocol.give("UPCD", "60");
        var wire = new LineWire<>("upscode2", protocol, Set.of(Upscode2Protocol.STATE));
        return new TableSession<>(wire, unit.table()).shutsDownBy((table, argument) -> shutDown(table, line));
    }

    private static List<Pair> known(Upscode2Protocol protocol, String question) throws IOException {
        try {
            return protocol.ask(question);
        } catch (NoAnswerException | UnfitAnswerException none) {
            return List.of();
        }
    }

    /** The unit acknowledges no order: this one is given twice, as NUT does. */
    private static Outcome shutDown(TableSession<AnswerPart> table, RequestLine line) throws IOException {
        table.run("shutdown.reboot", "");
        line.rest(BETWEEN);
        return table.run("shutdown.reboot", "");
    }
}
