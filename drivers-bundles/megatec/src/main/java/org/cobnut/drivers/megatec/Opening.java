package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.util.List;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a section of ups.conf to a session: port, dialect, delays; whatever fails, the port is given back. */
final class Opening {
    private static final Logger log = LoggerFactory.getLogger(Opening.class);

    private Opening() {}

    static Session open(Settings settings, Links links, Config config, List<Dialect> all) throws IOException {
        List<Dialect> dialects = MegatecOptions.dialects(settings, all);
        check(config, dialects);
        if (settings.port().equalsIgnoreCase("auto"))
            throw new IllegalArgumentException("option 'port' is auto, which looks for a UPS on USB, and this driver"
                    + " serves serial lines only; give the line, such as /dev/ttyS0 or /dev/ttyUSB0");
        var line = new Line(links.bytes(settings.port(), MegatecOptions.line(settings)));
        boolean open = false;
        try {
            Dialect table = new Detection(line, config.skipVendor()).among(dialects);
            var session = new MegatecSession(line, table, config, System::nanoTime);
            open = true;
            for (String warning : Config.warnings(settings)) log.warn("UPS [{}]: {}", settings.ups(), warning);
            return session;
        } finally {
            if (!open) line.close();
        }
    }

    /** Delays that no dialect in question takes are told at once, and not when a UPS was found. */
    private static void check(Config config, List<Dialect> dialects) {
        if (dialects.size() == 1) Delays.check(config, dialects.get(0).limits());
    }
}
