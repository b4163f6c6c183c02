package org.cobnut.drivers.apcsmart;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.osgi.service.component.annotations.Component;

/** apcsmart-old: the same UPSes with the options of the older driver (apcsmart-old(8)). */
@Component(property = {Driver.NAME + "=apcsmart-old", Driver.VERSION + "=0.1"})
public final class ApcSmartOld implements Driver {
    private static final List<Integer> TYPES = List.of(0, 0, 2, 3, 4, 5, 5);
    private static final Duration FORCED = Duration.ofMillis(3500);

    private static final Options OPTIONS = Options.of(
            ApcSmart.cable(),
            Option.text("wugrace", "Tenths of an hour that a hard shutdown lasts at least, 0 to 999"),
            ApcSmart.type(
                    "0 soft on battery, else hard; 1 the same; 2 at once; 3 delayed; 4 as CS 350 wants; 5 and 6 hard"),
            ApcSmart.order());

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        return ApcSmart.open(settings, links, ShutdownPlan.of(settings, "wugrace", TYPES), FORCED, true);
    }
}
