package org.cobnut.runtime.device;

import java.io.IOException;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.runtime.poll.Gadget;

/** A driver whose devices say whose they are. */
final class GadgetDriver implements Driver {
    final Gadget gadget = new Gadget();
    volatile Settings settings;
    volatile Links links;

    GadgetDriver(String name) {
        gadget.polling = report -> report.set("ups.id", name);
    }

    @Override
    public Options options() {
        return Gadget.OPTIONS;
    }

    @Override
    public Session open(Settings given, Links offered) throws IOException {
        settings = given;
        links = offered;
        return gadget.open(offered::wake).session();
    }
}
