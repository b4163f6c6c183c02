package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.util.List;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;

/** From a section of ups.conf to a session: port, dialect, delays; whatever fails, the port is given back. */
final class Opening {
    private Opening() {}

    static Session open(Settings settings, Links links, Config config, List<Table> all) throws IOException {
        List<Table> dialects = MegatecOptions.dialects(settings, all);
        check(config, dialects);
        var line = new Line(links.bytes(settings.port(), MegatecOptions.line(settings)));
        boolean open = false;
        try {
            Table table = new Detection(line, config.skipVendor()).among(dialects);
            var session = new MegatecSession(line, table, config, System::nanoTime);
            open = true;
            return session;
        } finally {
            if (!open) line.close();
        }
    }

    /** Delays that no dialect in question takes are told at once, and not when a UPS was found. */
    private static void check(Config config, List<Table> dialects) {
        if (dialects.size() == 1)
            new Delays(config.offdelay(), config.ondelay(), dialects.get(0).limits());
    }
}
