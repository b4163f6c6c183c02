package org.cobnut.drivers.virtual;

import java.util.Arrays;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.osgi.service.component.annotations.Component;

/** failover: of several devices the best, as if there were but one (failover(8)). */
@Component(property = {Driver.NAME + "=failover", Driver.VERSION + "=0.1"})
public final class Failover implements Driver {
    private static final Options OPTIONS = Options.of(
            Option.number("inittime", 30, "Seconds from the start in which no device need be fit"),
            Option.number("deadtime", 30, "Seconds after which a device that does not answer is out of the choice"),
            Option.number("noprimarytime", 15, "Seconds without a fit device until fsdmode counts"),
            Option.choice(
                    "fsdmode",
                    "Without a fit device: 0 stale, 1 an alarm and then stale, 2 alarm and FSD",
                    "0",
                    "1",
                    "2"),
            Option.choice(
                    "checkruntime",
                    "What decides among devices that are not on line: 0 their order, "
                            + "1 the runtime, 2 its lower limit, 3 both",
                    "0",
                    "1",
                    "2",
                    "3"),
            Option.choice("strictfiltering", "1: only what passes the filters is fit", "0", "1"),
            Option.text("status_have_any", "Words of which a preferred device's status has one"),
            Option.text("status_have_all", "Words that a preferred device's status has, all of them"),
            Option.text("status_nothave_any", "Words of which a preferred device's status has none"),
            Option.text("status_nothave_all", "Words that a preferred device's status does not have all at once"),
            Option.number("maxconnfails", 5, "Taken for NUT's sake: a connection is tried again every second"),
            Option.number("coolofftime", 15, "Taken for NUT's sake, as maxconnfails"),
            Option.number("relogtime", 5, "Taken for NUT's sake: transitions only are logged"));

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) {
        List<String> ports = Arrays.stream(settings.port().split("[,\\s]+", -1))
                .filter(port -> !port.isEmpty())
                .distinct()
                .toList();
        if (ports.isEmpty())
            throw new IllegalArgumentException("option 'port' names no device: it wants the names or sockets of"
                    + " others, joined by commas, such as port = left,right");
        return new FailoverSession(settings, ports, links, System::nanoTime);
    }
}
