package org.cobnut.drivers.apcsmart;

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
import org.cobnut.link.SerialParameters;
import org.osgi.service.component.annotations.Component;

/** apcsmart: UPSes of APC that speak UPS-Link (apcsmart(8)). */
@Component(property = {Driver.NAME + "=apcsmart", Driver.VERSION + "=0.1"})
public final class ApcSmart implements Driver {
    private static final List<Integer> TYPES = List.of(0, 1, 2, 3, 4, 5);
    private static final Duration FORCED = Duration.ofMillis(3500);

    private static final Options OPTIONS = Options.of(
            Option.choice("ttymode", "Taken for the sake of old files; changes nothing", "raw", "canonical"),
            cable(),
            Option.text("awd", "Tenths of an hour that a hard shutdown lasts at least, 0 to 999"),
            type("0 soft on battery, else hard; 1 soft, then hard; 2 at once; 3 delayed; 4 as CS 350 wants; 5 hard"),
            order(),
            Option.text("cshdelay", "Seconds between a simulated power failure and the shutdown, 0 to 9.9"));

    static Option cable() {
        return Option.choice("cable", "The cable, if it is not 940-0024C", "940-0095B");
    }

    static Option type(String types) {
        return Option.number("sdtype", 0, "How a shutdown of the host switches off: " + types);
    }

    static Option order() {
        return Option.text(
                "advorder", "Ways to switch off in the order to try: 0 soft, 1 hard, 2 delayed, 3 at once, 4 CS 350");
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        String delay = settings.text("cshdelay").orElse("");
        if (!delay.matches("(\\d(\\.\\d)?)?"))
            throw new IllegalArgumentException("option 'cshdelay' wants 0 to 9.9 seconds, not '" + delay + "'");
        Duration forced = delay.isEmpty() ? FORCED : Duration.ofMillis((long) (Double.parseDouble(delay) * 1000));
        return open(settings, links, ShutdownPlan.of(settings, "awd", TYPES), forced, false);
    }

    /** Opens a UPS for one of the two drivers. */
    static Session open(Settings settings, Links links, ShutdownPlan plan, Duration forced, boolean old)
            throws IOException {
        SerialParameters parameters =
                SerialParameters.at(2400).lines(true, settings.text("cable").isEmpty());
        var line = new UpsLink(links.open(ByteLink.class, settings.port(), parameters));
        return new UpsLinkSession(new UpsLinkWire(line, forced), Letters.table(Unit.of(line), old), plan);
    }
}
