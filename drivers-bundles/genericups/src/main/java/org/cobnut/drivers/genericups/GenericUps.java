package org.cobnut.drivers.genericups;

import java.io.IOException;
import java.time.Duration;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.link.SerialLink;
import org.cobnut.link.SerialParameters;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** genericups: UPSes that speak by contact closure, on the modem lines of a serial port (genericups(8)). */
@Component(property = {Driver.NAME + "=genericups", Driver.VERSION + "=0.1"})
public final class GenericUps implements Driver {
    /** A command may not last longer. */
    private static final long MOST_SECONDS = 25;

    private static final int SPEED = 1200;
    private static final Logger log = LoggerFactory.getLogger(GenericUps.class);

    private static final Options OPTIONS = Options.of(
            Option.number("upstype", "The type of UPS and cable, 0 to 23"),
            Option.text("mfr", "Maker to show instead of that of the type"),
            Option.text("model", "Model to show instead of that of the type"),
            Option.text("serial", "Serial number to show"),
            Option.text("CP", "Lines that power the cable: DTR, RTS, DTR+RTS or NULL"),
            Option.text("OL", "Lines that say on line: CTS, DCD, DSR, RNG, with - in front of one that is off then"),
            Option.text("LB", "Lines that say that the battery is low, written as OL"),
            Option.text("RB", "Lines that say that the battery needs replacement, written as OL"),
            Option.text("BYPASS", "Lines that say bypass, written as OL"),
            Option.text("SD", "Lines that switch the UPS off: DTR, RTS, DTR+RTS, BRK for a break, or NULL"),
            Option.number("sdtime", 0, "Seconds that the lines of SD are held, up to 25"));

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        if (settings.text("upstype").isEmpty())
            throw new IllegalArgumentException("option 'upstype' is missing; it names the type of UPS and cable");
        Cable cable = Cable.of(settings);
        Outputs power = Outputs.of("CP", cable.power());
        long hold = settings.number("sdtime");
        if (hold > MOST_SECONDS)
            log.warn("UPS [{}]: option 'sdtime' is {}; {} s count", settings.ups(), hold, MOST_SECONDS);
        var meaning = new ContactSession.Meaning(
                Inputs.of("OL", cable.ol()),
                Inputs.of("LB", cable.lb()),
                Inputs.of("RB", cable.rb()),
                Inputs.of("BYPASS", cable.bypass()),
                Outputs.of("SD", cable.shutdown()),
                Duration.ofSeconds(Math.max(0, Math.min(hold, MOST_SECONDS))));
        SerialLink link = links.open(
                SerialLink.class, settings.port(), SerialParameters.at(SPEED).lines(power.dtr(), power.rts()));
        // A port without modem lines would read as a low battery, so one that cannot set them is refused here.
        link.dtr(power.dtr());
        link.rts(power.rts());
        return new ContactSession(link, meaning, cable.mfr(), cable.model(), settings.text("serial"));
    }
}
