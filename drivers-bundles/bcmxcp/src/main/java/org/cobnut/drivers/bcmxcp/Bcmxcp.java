package org.cobnut.drivers.bcmxcp;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.SerialLink;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** bcmxcp: Powerware and Eaton units on a serial line. */
@Component(property = {Driver.NAME + "=bcmxcp", Driver.VERSION + "=0.32"})
public final class Bcmxcp implements Driver {
    static final Option DELAY = Option.number("shutdown_delay", 120, "Seconds before the unit goes off to come back");

    private static final List<String> SPEEDS = List.of("19200", "9600", "4800", "2400", "1200");
    private static final Options OPTIONS = Options.of(
            DELAY,
            Option.choice("baud_rate", "Speed that is tried first, in bits a second", SPEEDS.toArray(String[]::new)));

    /** Brings a unit out of the menu that people use. */
    private static final String ESCAPE = "\u001d";

    private static final Duration ESCAPING = Duration.ofMillis(90);
    private static final Duration BETWEEN = Duration.ofMillis(500);

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        String first = settings.text("baud_rate").orElse(SPEEDS.get(0));
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(Integer.parseInt(first)));
        var line = new SerialXcpLine(new RequestLine(link));
        if (answers(line)) return XcpSession.open(line, settings.number("shutdown_delay"));
        if (link instanceof SerialLink serial)
            for (String speed : SPEEDS) {
                if (speed.equals(first)) continue;
                serial.speed(Integer.parseInt(speed));
                if (answers(line)) return XcpSession.open(line, settings.number("shutdown_delay"));
            }
        throw new IOException("no UPS answers with XCP at 1200 to 19200 bits a second;"
                + " check the cable and that 'port' is the right one");
    }

    private static boolean answers(SerialXcpLine line) throws IOException {
        line.send(ESCAPE);
        line.rest(ESCAPING);
        line.send(XcpFrames.request(XcpProtocol.AUTHORISATION));
        for (Block question : List.of(Block.REQUEST_ONLY, Block.IDENTITY)) {
            line.rest(BETWEEN);
            try {
                XcpProtocol.block(line, question, 1);
                return true;
            } catch (NoAnswerException | UnfitAnswerException no) {
                // the next question, or the next speed
            }
        }
        return false;
    }
}
