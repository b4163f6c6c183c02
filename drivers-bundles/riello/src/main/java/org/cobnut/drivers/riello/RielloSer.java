package org.cobnut.drivers.riello;

import java.io.IOException;
import java.time.Duration;
import org.cobnut.driver.Driver;
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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** riello_ser: finds out by itself at which speed a UPS speaks, and which of the two protocols. */
@Component(property = {Driver.NAME + "=riello_ser", Driver.VERSION + "=0.12"})
public final class RielloSer implements Driver {
    private static final int[] SPEEDS = {9600, 1200};

    /** The longest answer takes 1.4 s at 1200 bits a second. */
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final Duration wait;

    @Activate
    public RielloSer() {
        this(WAIT);
    }

    /** A driver that waits so long for an answer. */
    RielloSer(Duration wait) {
        this.wait = wait;
    }

    @Override
    public Options options() {
        return BatteryOptions.OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(SPEEDS[0]));
        var line = new RequestLine(link);
        BatteryOptions battery = BatteryOptions.of(settings);
        for (int speed : SPEEDS) {
            if (link instanceof SerialLink serial) serial.speed(speed);
            var sentr = new Sentr(line, wait);
            if (answers(sentr::askOnce)) return new RielloSession(sentr, RielloTable.sentr(), battery);
            var gpser = new Gpser(line, wait);
            if (answers(() -> gpser.askOnce("GI"))) return new RielloSession(gpser, RielloTable.gpser(), battery);
            if (!(link instanceof SerialLink)) break;
        }
        throw new IOException("no Riello UPS answers, neither with SENTR nor with GPSER, at 9600 or 1200 bits a second;"
                + " check the cable and that 'port' is the right one");
    }

    /** A question by which a UPS is recognised. */
    @FunctionalInterface
    private interface Probe {
        Object run() throws IOException;
    }

    private static boolean answers(Probe probe) throws IOException {
        try {
            probe.run();
            return true;
        } catch (NoAnswerException | UnfitAnswerException no) {
            return false;
        }
    }
}
